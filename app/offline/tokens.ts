import type { SubscriberRow } from './database'

/** The words of a text as they are searched: lower case, without accents, so that `Nuñez` is found by `nunez`. */
export function tokensOf(text: string): Array<string> {
  const plain = text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
  return [...new Set(plain.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== ''))]
}

/** What a subscriber is found by, as one text: it is read and searched far faster than a list of words. */
export function wordsOf(row: Pick<SubscriberRow, 'name' | 'account_no' | 'address'>): string {
  return ['', ...tokensOf(`${row.name} ${row.account_no} ${row.address}`)].join(' ')
}
