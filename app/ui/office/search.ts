import type { PaletteGroup, PaletteSearch } from '~/ui/base/command-palette'

/** Asks the office's own search address, which answers with what this person may see. */
export const searchOffice: PaletteSearch = async (query, signal) => {
  const response = await fetch(`/office/search?q=${encodeURIComponent(query)}`, { signal })
  if (!response.ok) throw new Error(`The search answered ${response.status}`)
  return (await response.json()) as Array<PaletteGroup>
}
