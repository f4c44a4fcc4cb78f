/** The words of a text as they are searched: lower case, without accents, so that `Nuñez` is found by `nunez`. */
export function tokensOf(text: string): Array<string> {
  const plain = text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
  return [...new Set(plain.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== ''))]
}
