import type { z } from 'zod'
import { OPENED_FOR } from '~/domain/opened-for'

/**
 * The form a person sent; every action reads it here. What is no form is refused, and so is one that was
 * opened for another ISP than the one the person works for now.
 */
export async function formOf(request: Request, me?: { tenant: ForIsp }): Promise<FormData> {
  const form = await request.formData().catch(() => {
    throw sentence(400, 'What was sent is no form. Open the page again and send it from there.')
  })
  if (me) requireOpenedFor(me.tenant, form.get(OPENED_FOR))
  form.delete(OPENED_FOR)
  return form
}

type ForIsp = { id: string; trade_name: string }

/** A form sent before JavaScript arrived does not say where it was opened: then the session alone decides. */
export function requireOpenedFor(tenant: ForIsp, openedFor: unknown) {
  if (!openedFor || openedFor === tenant.id) return
  throw sentence(
    409,
    `Nothing was saved: this page was opened for another ISP, and you work for ${tenant.trade_name} now. Open it again.`,
  )
}

/** The error boundaries show the sentence of such an answer. */
function sentence(status: 400 | 409, text: string) {
  return new Response(text, { status, headers: { 'Content-Type': 'text/plain; charset=utf-8' } })
}

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
