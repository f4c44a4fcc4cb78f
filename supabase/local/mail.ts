// Catches every mail of the embedded stack, so that a person can read it on /dev/mail.

import { randomUUID } from 'node:crypto'
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'

export const mailInput = z.object({
  to: z.string(),
  subject: z.string(),
  text: z.string().optional(),
  html: z.string().optional(),
})

export type Mail = z.infer<typeof mailInput> & { id: string; sent_at: string }

export type Mailbox = {
  send: (mail: z.infer<typeof mailInput>) => Promise<void>
  /** Newest first. */
  read: () => Promise<Array<Mail>>
}

export function openMailbox(folder: string): Mailbox {
  return {
    send: async (mail) => {
      await mkdir(folder, { recursive: true })
      const sentAt = new Date().toISOString()
      const id = `${sentAt.replaceAll(/[:.]/g, '-')}-${randomUUID().slice(0, 8)}`
      const stored: Mail = { id, sent_at: sentAt, ...mail }
      await writeFile(path.join(folder, `${id}.json`), JSON.stringify(stored, null, 2))
    },

    read: async () => {
      const names = await readdir(folder).catch(() => [])
      const files = names.filter((name) => name.endsWith('.json'))
      const newest = files.sort().reverse().slice(0, 200)
      return Promise.all(
        newest.map(
          async (name) => JSON.parse(await readFile(path.join(folder, name), 'utf8')) as Mail,
        ),
      )
    },
  }
}
