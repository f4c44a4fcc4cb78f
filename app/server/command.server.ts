import type { SubmissionResult } from '@conform-to/react'
import { parseWithZod } from '@conform-to/zod/v4'
import type { PostgrestError } from '@supabase/supabase-js'
import type { z } from 'zod'
import { expectRefusal } from './refusal.server'

export type CommandAnswer<Result> =
  { ok: true; result: Result; reply: SubmissionResult } | { ok: false; reply: SubmissionResult }

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
  if (submission.status !== 'success') return { ok: false, reply: submission.reply() }

  const answer = await send(submission.value)
  if (answer.error) {
    const { message } = expectRefusal(answer.error)
    return { ok: false, reply: submission.reply({ formErrors: [message] }) }
  }
  return { ok: true, result: answer.data, reply: submission.reply() }
}
