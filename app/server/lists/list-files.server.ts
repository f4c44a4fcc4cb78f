import { billingLists } from './billing.server'
import { booksLists } from './books.server'
import { fieldLists } from './field.server'
import type { ListFile } from './list-file.server'
import { setupLists } from './setup.server'

/** Lists of the office as files: the filters and the order of the page they were asked from, all of its pages. */
const lists: Record<string, ListFile> = {
  ...setupLists,
  ...billingLists,
  ...fieldLists,
  ...booksLists,
}

/** The file of a list, or null where there is no such list. */
export function listFile(name: string | undefined): ListFile | null {
  return name !== undefined && Object.hasOwn(lists, name) ? (lists[name] ?? null) : null
}
