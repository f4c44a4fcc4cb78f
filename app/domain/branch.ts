/** A place of business that numbers its own invoices. */
export type Branch = {
  id: string
  code: string
  name: string
  address: string | null
  is_default: boolean
  is_open: boolean
  subscriber_count: number
}

/** How a branch is said: its code, and its name. */
export function branchLabel({ code, name }: Pick<Branch, 'code' | 'name'>): string {
  return `${code} · ${name}`
}
