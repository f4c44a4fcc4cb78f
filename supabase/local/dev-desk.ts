// What a developer may ask of the embedded stack beyond Supabase: its mails and its clock.

import { type z } from 'zod'
import { type ClockFace, clockInput } from './clock.ts'
import { mailInput, type Mailbox } from './mail.ts'

type Desk = {
  mailbox: Mailbox
  readClock: () => Promise<ClockFace>
  moveClock: (input: z.infer<typeof clockInput>) => Promise<ClockFace>
}

/** Answers GET and POST of /dev/mail and /dev/clock; anything else is not ours. */
export async function answerDeveloper(desk: Desk, request: Request): Promise<Response | undefined> {
  const { pathname } = new URL(request.url)
  if (!pathname.startsWith('/dev/')) return undefined

  // A web page of somebody else must not read mails or move the clock through a visitor's browser.
  if (request.headers.has('origin'))
    return Response.json({ reason: 'same_origin' }, { status: 403 })

  switch (`${request.method} ${pathname}`) {
    case 'GET /dev/mail':
      return Response.json(await desk.mailbox.read())
    case 'POST /dev/mail':
      return withInput(request, mailInput, (mail) => desk.mailbox.send(mail))
    case 'GET /dev/clock':
      return Response.json(await desk.readClock())
    case 'POST /dev/clock':
      return withInput(request, clockInput, (input) => desk.moveClock(input))
    default:
      return new Response('Not found', { status: 404 })
  }
}

async function withInput<T>(
  request: Request,
  schema: z.ZodType<T>,
  answer: (input: T) => Promise<unknown>,
) {
  const input = schema.safeParse(await request.json().catch(() => undefined))
  if (!input.success) return Response.json({ reason: 'invalid_input' }, { status: 400 })
  return Response.json((await answer(input.data)) ?? { ok: true })
}
