import { expect, onTestFinished, test, vi } from 'vitest'
import { aProfile, openPhone } from './story'
import { type Store, storeOf } from './store'
import { watchRequests } from './store-faults'
import { watch } from './watch'

type Rows = { notes: { id: string; text: string }; marks: { id: string } }

let made = 0

function aStore(version = 1, name = `notes-${(made += 1)}`): Store<Rows> {
  const store = storeOf<Rows>(name, {
    version,
    shape: { notes: { key: 'id', indexes: { text: {} } }, marks: { key: 'id' } },
    unwatched: ['marks', 'notes/draft'],
  })
  onTestFinished(() => store.close())
  return store
}

const note = (id: string, text = id) => ({ id, text })

test('what fails in the middle of a transaction leaves nothing of it', async () => {
  const store = aStore()
  await store.notes.add(note('a'))
  const work = store.write(['notes'], async ({ notes }) => {
    await notes.put(note('b'))
    await notes.add(note('a', 'again'))
  })
  await expect(work).rejects.toMatchObject({ name: 'ConstraintError' })
  expect(await store.notes.list()).toEqual([note('a')])
})

test('a transaction that waits for anything else is over, and says so', async () => {
  const store = aStore()
  const work = store.write(['notes'], async ({ notes }) => {
    await notes.put(note('a'))
    await new Promise((go) => setTimeout(go, 20))
    await notes.put(note('b'))
  })
  await expect(work).rejects.toBeInstanceOf(DOMException)
})

test('rows of several values are read at one moment', async () => {
  const store = aStore()
  await store.notes.put(note('a', 'old'), note('b', 'new'), note('c', 'none'))
  const moved = store.notes.change('a', { text: 'new' })
  expect(await store.notes.count('text', 'old', 'new')).toBe(2)
  await moved
  expect(await store.notes.keys('text', 'old', 'new')).toEqual(['a', 'b'])
})

test('who watches is told of every window, once for what comes together, and not of what nobody shows', async () => {
  const [store, same] = [aStore(), aStore(1, `notes-${made}`)]
  const reads: Array<number> = []
  const end = watch(
    () => store.notes.count(),
    (count) => reads.push(count),
    () => reads.push(-1),
  )
  await vi.waitFor(() => expect(reads).toEqual([0]))
  await same.notes.put(note('a'))
  await vi.waitFor(() => expect(reads).toEqual([0, 1]))

  await store.write(['notes', 'marks'], async ({ notes, marks }) => {
    await notes.put(note('draft'))
    await marks.put({ id: 'a' })
  })
  await store.write(['notes'], async ({ notes }) => void (await notes.count()))
  expect(reads).toEqual([0, 1])

  const other = new BroadcastChannel('linyada-store')
  other.postMessage(null)
  await vi.waitFor(() => expect(reads).toEqual([0, 1, 2]))
  other.close()
  store.close()
  await same.notes.put(note('b'))
  end()
  expect(reads).toEqual([0, 1, 2])
})

test('a newer window may upgrade, and the older one goes on with what is there', async () => {
  const old = aStore()
  await old.notes.put(note('a'))
  const newer = aStore(2, old.name)
  await newer.notes.put(note('b'))
  expect(await old.notes.list()).toEqual([note('a'), note('b')])
  expect(await old.version()).toBe(2)
})

test('a connection that the browser dropped is opened again', async () => {
  const store = aStore()
  await store.notes.put(note('a'))
  const begin = vi.spyOn(IDBDatabase.prototype, 'transaction').mockImplementationOnce(() => {
    throw new DOMException('The connection was lost', 'InvalidStateError')
  })
  expect(await store.notes.list()).toEqual([note('a')])
  expect(begin).toHaveBeenCalledTimes(2)
  begin.mockRestore()
})

test('cash is on the disk before anybody is told, whatever happens to the battery', async () => {
  const phone = openPhone({ profile: aProfile() })
  const kinds: Array<[string, string]> = []
  const lookAway = watchRequests((kind, { durability }) => (kinds.push([kind, durability]), null))
  await phone.db.write(['outbox', 'meta'], ({ meta }) => meta.put({ key: 'a', value: 1 }))
  await phone.db.write(['meta'], ({ meta }) => meta.put({ key: 'a', value: 2 }))
  lookAway()
  expect(kinds).toEqual([
    ['put meta', 'strict'],
    ['put meta', 'default'],
  ])
})
