/** A list keeps its filters, sort and page in the address, so it can be sent, saved and gone back to. */

export type Sort = { key: string; isDescending: boolean }

/** `?sort=name` or `?sort=-name`. */
export function sortOf(params: URLSearchParams): Sort | null {
  const sort = params.get('sort')
  if (!sort) return null
  return sort.startsWith('-')
    ? { key: sort.slice(1), isDescending: true }
    : { key: sort, isDescending: false }
}

export function pageOf(params: URLSearchParams): number {
  const page = Number(params.get('page') ?? '1')
  return Number.isSafeInteger(page) && page >= 1 ? page : 1
}

/** The address of this list with some parameters changed; null removes one. Page one comes back unless given. */
export function withParams(
  params: URLSearchParams,
  changes: Record<string, string | null>,
): string {
  const next = new URLSearchParams(params)
  next.delete('page')
  for (const [name, value] of Object.entries(changes)) {
    if (value === null || value === '') next.delete(name)
    else next.set(name, value)
  }
  return `?${next.toString()}`
}

export function nextSort(params: URLSearchParams, key: string): string {
  const sort = sortOf(params)
  return sort?.key === key && !sort.isDescending ? `-${key}` : key
}
