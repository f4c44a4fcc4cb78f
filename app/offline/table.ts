// One store of IndexedDB with promises and types.

export type Field<Row> = keyof Row & string

/** A value of a field, or a range of them. */
export type Among = string | number | IDBKeyRange

export type Reader<Row> = {
  get: (key: string) => Promise<Row | undefined>
  /** As many as were asked for, in the same order. */
  getEach: (keys: ReadonlyArray<string>) => Promise<Array<Row | undefined>>
  /** In the order of this field, or of the key; with values, only rows that bear one of them, value after value. */
  list: (by?: Field<Row>, ...values: ReadonlyArray<Among>) => Promise<Array<Row>>
  keys: (by?: Field<Row>, ...values: ReadonlyArray<Among>) => Promise<Array<string>>
  count: (by?: Field<Row>, ...values: ReadonlyArray<Among>) => Promise<number>
  last: (by: Field<Row>) => Promise<Row | undefined>
}

export type Table<Row> = Reader<Row> & {
  /** Fails where a row with this key, or with a value that is unique, is there. */
  add: (row: Row) => Promise<void>
  put: (...rows: ReadonlyArray<Row>) => Promise<void>
  /** Where the row is gone nothing happens. */
  change: (key: string, changes: Partial<Row>) => Promise<void>
  delete: (...keys: ReadonlyArray<string>) => Promise<void>
  clear: () => Promise<void>
}

/** Does this with the store, in a transaction that allows it. What it wrote (`meta/lease`) it notes. */
export type Within = <Result>(
  mode: IDBTransactionMode,
  work: (store: IDBObjectStore, written: Set<string>) => Promise<Result>,
) => Promise<Result>

export function tableOf<Row>(within: Within): Table<Row> {
  const reading = <Result>(work: (store: IDBObjectStore) => Promise<Result>) =>
    within('readonly', work)

  /** By a field: each value is asked for on its own, in the same transaction. */
  const asking = <Result>(
    by: string | undefined,
    values: ReadonlyArray<Among>,
    ask: (source: IDBObjectStore | IDBIndex, value?: Among) => IDBRequest<Result>,
  ) =>
    reading((store) => {
      const source = by === undefined || by === store.keyPath ? store : store.index(by)
      const asked = values.length > 0 ? values : [undefined]
      return Promise.all(asked.map(async (value) => answerOf(ask(source, value))))
    })

  const writing = <Each>(
    each: ReadonlyArray<Each>,
    ask: (store: IDBObjectStore, one: Each) => IDBRequest,
  ) =>
    within('readwrite', async (store, written) => {
      const keys = await Promise.all(
        each.map(async (one) => answerOf(ask(store, one) as IDBRequest<IDBValidKey | undefined>)),
      )
      // Of what was deleted the store says nothing; then the key is what was asked for.
      each.forEach((one, at) => written.add(`${store.name}/${String(keys[at] ?? one)}`))
    })

  return {
    get: (key) => reading((store) => answerOf<Row | undefined>(store.get(key))),
    getEach: (keys) =>
      reading((store) =>
        Promise.all(keys.map(async (key) => answerOf<Row | undefined>(store.get(key)))),
      ),
    list: async (by, ...values) => {
      const found = await asking<Array<Row>>(by, values, (source, value) => source.getAll(value))
      return found.flat() as Array<Row>
    },
    keys: async (by, ...values) =>
      (
        await asking(by, values, (source, value) => source.getAllKeys(value))
      ).flat() as Array<string>,
    count: async (by, ...values) =>
      (await asking(by, values, (source, value) => source.count(value))).reduce((a, b) => a + b),
    last: async (by) => {
      const [cursor] = await asking(by, [], (source) => source.openCursor(null, 'prev'))
      return cursor?.value as Row | undefined
    },
    add: (row) => writing([row], (store, one) => store.add(one)),
    put: (...rows) => writing(rows, (store, one) => store.put(one)),
    change: (key, changes) =>
      within('readwrite', async (store, written) => {
        const row = await answerOf<object | undefined>(store.get(key))
        if (!row) return
        await answerOf(store.put({ ...row, ...changes }))
        written.add(`${store.name}/${key}`)
      }),
    delete: (...keys) => writing(keys, (store, key) => store.delete(key)),
    clear: () => writing(['*'], (store) => store.clear()),
  }
}

/** It was asked for something after it was closed. */
export class StoreIsClosed extends Error {
  override name = 'StoreIsClosed'
}

export function answerOf<Result>(request: IDBRequest<Result>): Promise<Result> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })
}
