// What the web server must be told, read once and refused early when it makes no sense.

import { z } from 'zod'

const schema = z.object({
  NODE_ENV: z.enum(['development', 'production', 'test']).default('production'),
  SUPABASE_URL: z.url(),
  SUPABASE_PUBLISHABLE_KEY: z.string().min(1),
  /** Where people find the app; links in messages start with it. */
  SITE_URL: z.url().default('http://127.0.0.1:3000'),
  /** Takes our own mails as JSON ({ to, subject, text, html }). Without it none is sent. */
  MAIL_URL: z.url().optional(),
  /** Set by the embedded stack: its pages under /dev exist, and a demo banner may show. */
  EMBEDDED: z
    .enum(['0', '1'])
    .default('0')
    .transform((value) => value === '1'),
})

export type Environment = z.infer<typeof schema>

let parsed: Environment | undefined

/** The parsed environment. The first call decides, and throws a list of what is missing or wrong. */
export function env(): Environment {
  if (parsed) return parsed
  const result = schema.safeParse(process.env)
  if (!result.success)
    throw new Error(`The environment is wrong.\n${z.prettifyError(result.error)}`)
  parsed = result.data
  return parsed
}
