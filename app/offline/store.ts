// A database of the browser, and nothing above it: what was written is stored when the promise is kept, a transaction is whole or not at
// all, and who watches is told of what any window wrote.

import { answerOf, type Reader, StoreIsClosed, type Table, tableOf } from './table'
import { tellWatchers } from './watch'

/** The stores: the field a row is found by, and the fields rows are listed by. */
export type Shape<Names extends string> = Readonly<
  Record<
    Names,
    {
      key: string
      /** Rows are numbered as they come. */
      isNumbered?: true
      indexes?: Readonly<Record<string, IDBIndexParameters>>
    }
  >
>

type Name<Rows> = keyof Rows & string

export type Readers<Rows, Names extends keyof Rows> = {
  readonly [One in Names]: Reader<Rows[One]>
}

export type Tables<Rows, Names extends keyof Rows = keyof Rows> = {
  readonly [One in Names]: Table<Rows[One]>
}

/** The tables of one transaction. It is over as soon as anything but these is awaited, and what comes then fails. */
export type Inside<Rows, Names extends keyof Rows> = Tables<Rows, Names> & {
  readonly isInside: true
}

/** Its own tables stand outside any transaction: each reading and each writing is one of its own. */
export type Store<Rows> = Tables<Rows> & {
  readonly name: string
  /** What is read was all there at one moment. */
  read: <Names extends Name<Rows>, Result>(
    names: ReadonlyArray<Names>,
    work: (tables: Readers<Rows, Names>) => Promise<Result>,
  ) => Promise<Result>
  /** All that the work writes is stored, or nothing of it. */
  write: <Names extends Name<Rows>, Result>(
    names: ReadonlyArray<Names>,
    work: (tables: Inside<Rows, Names>) => Promise<Result>,
  ) => Promise<Result>
  /** The stores that are there: also those of older versions, which this one does not use. */
  names: () => Promise<Array<string>>
  /** Higher than ours where a newer version of the app was here. */
  version: () => Promise<number>
  /** Empties all of them at once. */
  clear: () => Promise<void>
  /** For good: whatever is asked afterwards fails. */
  close: () => void
  delete: () => Promise<void>
}

type Options<Rows> = {
  version: number
  shape: Shape<Name<Rows>>
  /** What is written to these is on the disk before anybody is told, whatever happens to the battery. */
  durable?: ReadonlyArray<Name<Rows>>
  /** Stores, and rows of stores (`meta/lease`), that nobody watches. */
  unwatched?: ReadonlyArray<string>
}

/** Nothing is opened before it is needed. */
export function storeOf<Rows>(name: string, options: Options<Rows>): Store<Rows> {
  const { version, shape, durable = [], unwatched = [] } = options
  let connection: Promise<IDBDatabase> | null = null
  let isClosed = false

  const letGo = async () => {
    const held = connection
    connection = null
    await held?.then((db) => db.close()).catch(() => {})
  }
  const connect = async () => {
    if (isClosed) throw new StoreIsClosed(`${name} is closed`)
    const held = (connection ??= connected(name, version, shape, letGo))
    try {
      return await held
    } catch (error) {
      if (connection === held) connection = null
      throw error
    }
  }
  const begin = async (names: Array<string>, mode: IDBTransactionMode) => {
    const isDurable = mode === 'readwrite' && durable.some((one) => names.includes(one))
    const durability = isDurable ? 'strict' : 'default'
    const db = await connect()
    try {
      return db.transaction(names, mode, { durability })
    } catch (error) {
      // iPhones drop the connection of a page that slept. A new one finds everything as it was.
      if ((error as DOMException).name !== 'InvalidStateError') throw error
      await letGo()
      return (await connect()).transaction(names, mode, { durability })
    }
  }
  const isWatched = (row: string) =>
    ![row, row.slice(0, row.indexOf('/'))].some((what) => unwatched.includes(what))

  const within = async <Result>(
    names: Array<string>,
    mode: IDBTransactionMode,
    work: (transaction: IDBTransaction, written: Set<string>) => Promise<Result>,
  ): Promise<Result> => {
    const transaction = await begin(names, mode)
    const end = endOf(transaction)
    const written = new Set<string>()
    try {
      const result = await work(transaction, written)
      if (mode === 'readwrite') await end
      if ([...written].some(isWatched)) tellWatchers()
      return result
    } catch (error) {
      abort(transaction)
      throw error
    }
  }
  const names = async () => [...(await connect()).objectStoreNames]
  const together =
    (mode: IDBTransactionMode) =>
    (names: ReadonlyArray<string>, work: (tables: never) => Promise<unknown>) =>
      within([...names], mode, (transaction, written) =>
        work(
          tablesOf(names, (one) =>
            tableOf((_, ask) => ask(transaction.objectStore(one), written)),
          ) as never,
        ),
      )

  return {
    ...tablesOf(Object.keys(shape), (one) =>
      tableOf((mode, ask) =>
        within([one], mode, (transaction, written) => ask(transaction.objectStore(one), written)),
      ),
    ),
    name,
    read: together('readonly'),
    write: together('readwrite'),
    names,
    clear: async () => {
      const all = await names()
      await within(all, 'readwrite', (transaction, written) =>
        Promise.all(
          all.map((one) => {
            written.add(`${one}/*`)
            return answerOf(transaction.objectStore(one).clear())
          }),
        ),
      )
    },
    version: async () => (await connect()).version,
    close: () => {
      isClosed = true
      void letGo()
    },
    delete: async () => {
      await letGo()
      await answerOf(indexedDB.deleteDatabase(name))
      tellWatchers()
    },
    // Which tables there are is known from the shape, and typed by it.
  } as unknown as Store<Rows>
}

function tablesOf(names: ReadonlyArray<string>, make: (name: string) => Table<object>) {
  return Object.fromEntries(names.map((name) => [name, make(name)]))
}

/** Versions only ever add: whatever version is there, what is missing is made. A newer one is opened as it is. */
async function connected(
  name: string,
  version: number,
  shape: Shape<string>,
  letGo: () => void,
): Promise<IDBDatabase> {
  const opening = indexedDB.open(name, version)
  opening.onupgradeneeded = () => {
    const { result: db, transaction } = opening
    for (const [one, { key, isNumbered = false, indexes = {} }] of Object.entries(shape)) {
      const store = db.objectStoreNames.contains(one)
        ? transaction?.objectStore(one)
        : db.createObjectStore(one, { keyPath: key, autoIncrement: isNumbered })
      for (const [field, how] of Object.entries(indexes)) {
        if (!store?.indexNames.contains(field)) store?.createIndex(field, field, how)
      }
    }
  }
  const db = await answerOf<IDBDatabase>(opening).catch((error: DOMException) => {
    if (error.name !== 'VersionError') throw error
    return answerOf(indexedDB.open(name))
  })
  // A newer window wants to upgrade, or the browser threw the store away: the next step opens it again.
  db.onversionchange = letGo
  db.onclose = letGo
  return db
}

function endOf(transaction: IDBTransaction): Promise<void> {
  const end = new Promise<void>((resolve, reject) => {
    transaction.oncomplete = () => resolve()
    transaction.onabort = () =>
      reject(transaction.error ?? new DOMException('The transaction was ended', 'AbortError'))
  })
  // Who works in it hears of it elsewhere.
  end.catch(() => {})
  return end
}

function abort(transaction: IDBTransaction) {
  try {
    transaction.abort()
  } catch {
    // It ended by itself.
  }
}
