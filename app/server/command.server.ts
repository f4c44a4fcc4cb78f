import type { SubmissionResult } from '@conform-to/react'
import { parseWithZod } from '@conform-to/zod/v4'
import type { PostgrestError } from '@supabase/supabase-js'
import type { z } from 'zod'
import { expectRefusal } from './refusal.server'

export type CommandAnswer<Result> =
  | { ok: true; result: Result; reply: SubmissionResult }
  /** `reason` where the database refused. */
  | { ok: false; reply: SubmissionResult; reason?: string }

/**
 * Reads a form as the input of a command and sends it. What is wrong comes back beside the fields,
 * what the database refuses comes back as its sentence; a page shows both and keeps what was typed.
 */
export async function sendCommand<Input extends z.ZodType, Result>(
  form: FormData | URLSearchParams,
  input: Input,
  send: (
    value: z.output<Input>,
  ) => PromiseLike<{ data: Result; error: null } | { data: null; error: PostgrestError }>,
): Promise<CommandAnswer<Result>> {
  const submission = parseWithZod(form, { schema: input })
  if (submission.status !== 'success') {
    const isHidden = Object.entries(submission.error ?? {}).some(isOfPage)
    return { ok: false, reply: submission.reply(isHidden ? { formErrors: [NOT_OF_PAGE] } : {}) }
  }

  const answer = await send(submission.value)
  if (answer.error) {
    const { message, reason } = expectRefusal(answer.error)
    return { ok: false, reply: submission.reply({ formErrors: [message] }), reason }
  }
  return { ok: true, result: answer.data, reply: submission.reply() }
}

const NOT_OF_PAGE =
  'Nothing was saved: what this page sent does not fit what is stored. Reload it and try again.'

/** An id stands in a field that nobody sees, so what is wrong with it is told for the whole form. */
function isOfPage([name, errors]: [string, Array<string> | null]) {
  return (
    /(^|[._])ids?(\[\d+\])?$/.test(name) && errors?.some((error) => error.startsWith('Invalid '))
  )
}
