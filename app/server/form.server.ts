import type { z } from 'zod'

export type FormErrors = Partial<Record<string, string>>

export type ReadForm<T> =
  { ok: true; value: T } | { ok: false; errors: FormErrors; typed: Record<string, string> }

/** Reads a posted form. An empty field counts as not given; what was typed comes back, passwords never. */
export function readForm<S extends z.ZodType>(schema: S, form: FormData): ReadForm<z.output<S>> {
  const given: Record<string, string> = {}
  for (const [name, value] of form) {
    if (typeof value === 'string' && value.trim() !== '') given[name] = value
  }
  const read = schema.safeParse(given)
  if (read.success) return { ok: true, value: read.data }

  const errors: FormErrors = {}
  for (const issue of read.error.issues) errors[String(issue.path[0] ?? '')] ??= issue.message
  return { ok: false, errors, typed: typedOf(form) }
}

/** What to show again, so that a form keeps its content without JavaScript too. */
export function typedOf(form: FormData): Record<string, string> {
  const typed: Record<string, string> = {}
  for (const [name, value] of form) {
    if (typeof value === 'string' && !name.includes('password')) typed[name] = value
  }
  return typed
}
