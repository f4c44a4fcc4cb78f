// For tests: stands before each request to a store, and may refuse it or let it end badly.

import { vi } from 'vitest'

const reads = ['get', 'getAll', 'getAllKeys', 'count', 'openCursor']
const writes = ['add', 'put', 'delete', 'clear']

/** What is thrown refuses the request. What is answered happens when the request has succeeded, before anybody hears of that. */
type OnRequest = (kind: string, transaction: IDBTransaction) => (() => void) | null

type Asked = (this: IDBObjectStore | IDBIndex, ...of: Array<unknown>) => IDBRequest

/** Answers how to look away again. */
export function watchRequests(onRequest: OnRequest): () => void {
  const watch = (prototype: object, name: string) => {
    const holder = prototype as Record<string, Asked>
    const own = holder[name] as Asked
    return vi.spyOn(holder, name).mockImplementation(function (this: unknown, ...of) {
      const source = this as IDBObjectStore | IDBIndex
      const store = 'objectStore' in source ? source.objectStore : source
      const end = onRequest(`${name} ${store.name}`, store.transaction)
      const request = own.apply(source, of)
      if (end) request.addEventListener('success', end)
      return request
    })
  }
  const spies = [
    ...[...reads, ...writes].map((name) => watch(IDBObjectStore.prototype, name)),
    ...reads.map((name) => watch(IDBIndex.prototype, name)),
  ]
  return () => spies.forEach((spy) => spy.mockRestore())
}
