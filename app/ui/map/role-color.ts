/** The value a colour role has now, for what is drawn outside of style sheets. */
export function roleColor(role: string) {
  return getComputedStyle(document.documentElement).getPropertyValue(role).trim() || '#46525e'
}
