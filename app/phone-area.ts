/** The pages of the phone stand apart: they begin from a stored shell, in the person's own language and with styles of their own. */
export function isOfPhone(pathname: string): boolean {
  return /^\/(collector|technician)(\/|$)/.test(pathname)
}
