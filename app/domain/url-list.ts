import { fromBase64Url, toBase64Url } from './bytes'

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

/** The values of the columns a list is ordered by, of the row at the edge of a page. */
export type Edge = ReadonlyArray<string | number>

/** `?page=3`, or, in a large list, `?page=3.behind.` and the edge it goes on from. */
export type Place = { side: 'behind' | 'before'; edge: Edge }

/** Of every list, so that the page after this one is known without being asked for. */
export const PAGE_ROWS = 50

/** More no list has; the rows before it still count in 32 bits. */
const LAST_PAGE = 1_000_000

export function pageAt(params: URLSearchParams): { page: number; place: Place | null } {
  const [number = '1', side, text = ''] = (params.get('page') ?? '1').split('.')
  const page = Number(number)
  if (!Number.isInteger(page) || page < 1 || page > LAST_PAGE) return { page: 1, place: null }
  if (page === 1 || (side !== 'behind' && side !== 'before')) return { page, place: null }
  const edge = edgeIn(text)
  return { page, place: edge && { side, edge } }
}

export function pageOf(params: URLSearchParams): number {
  return pageAt(params).page
}

/** What `pageAt` reads. The first page begins with the first row, whatever stood there when the link was made. */
export function pageParam(page: number, place: Place | null): string | null {
  if (page <= 1) return null
  if (!place) return String(page)
  const bytes = new TextEncoder().encode(JSON.stringify(place.edge))
  return `${page}.${place.side}.${toBase64Url(bytes)}`
}

/** Null where somebody wrote anything else there. */
function edgeIn(text: string): Edge | null {
  try {
    const values: unknown = JSON.parse(
      new TextDecoder('utf-8', { fatal: true }).decode(fromBase64Url(text)),
    )
    return Array.isArray(values) && values.every(isValue) ? values : null
  } catch {
    return null
  }
}

function isValue(value: unknown): value is Edge[number] {
  return typeof value === 'string' || typeof value === 'number'
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

/** Whether an address asks for less than the whole list: for anything but an order and a page. */
export function isNarrowed(params: URLSearchParams): boolean {
  return [...params].some(([name, value]) => value !== '' && name !== 'sort' && name !== 'page')
}

export function nextSort(params: URLSearchParams, key: string): string {
  const sort = sortOf(params)
  return sort?.key === key && !sort.isDescending ? `-${key}` : key
}
