/** A path of this site and nothing else: whoever makes the link cannot send a person elsewhere. */
export function localPath(to: unknown, otherwise: string): string {
  if (typeof to !== 'string' || !to.startsWith('/') || /[\\\s\p{Cc}]/u.test(to)) return otherwise
  const base = 'http://here.invalid'
  if (!URL.canParse(to, base)) return otherwise
  const url = new URL(to, base)
  if (url.origin !== base || url.pathname.startsWith('//')) return otherwise
  return url.pathname + url.search
}
