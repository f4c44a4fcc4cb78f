/** In the browser each file of texts is its own small chunk, fetched when a page first needs it. */
const files = import.meta.glob<Record<string, string>>('./*/*.json', { import: 'default' })

export async function loadTexts(language: string, namespace: string) {
  const file = files[`./${language}/${namespace}.json`] ?? files[`./en/${namespace}.json`]
  if (!file) throw new Error(`There is no file of texts called ${namespace}`)
  return file()
}
