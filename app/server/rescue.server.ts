// Opens a phone's file for the office: whose it is, that the phone signed it, and what is under its seal.

import { z } from 'zod'
import { importRescue } from '~/commands/import-rescue'
import { openRescue } from '~/commands/open-rescue'
import { fromBase64Url, fromHex, toHex } from '~/domain/bytes'
import type { ReceiptKey } from '~/domain/receipt-signature'
import {
  isSignedBy,
  readRescue,
  type Rescue,
  type RescueContent,
  type RescuedItem,
  type RescueFile,
} from '~/domain/rescue'
import { cipherKey, openBytes } from '~/domain/sealing'
import { expectRefusal } from './refusal.server'
import type { Db } from './supabase.server'

export type RescueAnswer = { ok: true; rescue: Rescue } | { ok: false; sentence: string }

const content = z.object({
  id: z.uuid(),
  tenant_id: z.uuid(),
  device_id: z.uuid(),
  saved_at: z.iso.datetime(),
  key: z.string(),
  entries: z
    .array(
      z.object({
        id: z.uuid(),
        device_seq: z.int().positive(),
        name: z.string(),
        happened_at: z.string(),
        schema_version: z.int().positive(),
        prev_hash: z.string(),
        input: z.string(),
      }),
    )
    .min(1)
    .max(2_000),
})

type Command = Omit<RescueContent['entries'][number], 'input'> & {
  device_id: string
  input: Record<string, unknown>
  set_aside?: 'damaged_on_phone'
}

type Opened = { rescue: Omit<Rescue, 'items'>; commands: Array<Command>; known: Set<string> }

const sentences = {
  unreadable: 'This is no file of a phone, or not the whole of it. Save it on the phone once more.',
  other_isp: 'This file is from a phone of another ISP. Only that ISP can open it.',
  unknown:
    'The phone of this file is not known here. It has to be online once before its file can be opened.',
  changed:
    'This file is not as the phone signed it, so nothing of it is taken in. Save it on the phone once more.',
}

/** What is inside, and what of it is here already. Nothing is taken in. */
export async function previewRescue(db: Db, tenantId: string, file: string): Promise<RescueAnswer> {
  const opened = await openFile(db, tenantId, file)
  if ('sentence' in opened) return { ok: false, sentence: opened.sentence }
  const { rescue, commands, known } = opened
  const items = await itemsOf(db, commands, ({ id }) => ({
    state: known.has(id) ? 'known' : 'new',
    reason: null,
  }))
  return { ok: true, rescue: { ...rescue, items } }
}

/** Takes all of it in and says what became of each. */
export async function takeInRescue(db: Db, tenantId: string, file: string): Promise<RescueAnswer> {
  const opened = await openFile(db, tenantId, file)
  if ('sentence' in opened) return { ok: false, sentence: opened.sentence }
  const { rescue, commands } = opened
  const { data, error } = await db.rpc(importRescue.name, {
    rescue_id: rescue.id,
    commands: commands as never,
  })
  if (error) return { ok: false, sentence: expectRefusal(error).message }

  const { results } = data as unknown as {
    results: Array<{ id: string; state: 'applied' | 'duplicate' | 'parked'; reason: string | null }>
  }
  const resultOf = new Map(results.map((result) => [result.id, result]))
  const items = await itemsOf(db, commands, ({ id }) => {
    const { state = 'parked', reason = null } = resultOf.get(id) ?? {}
    return { state: state === 'duplicate' ? 'known' : state, reason }
  })
  return { ok: true, rescue: { ...rescue, items } }
}

async function openFile(
  db: Db,
  tenantId: string,
  text: string,
): Promise<Opened | { sentence: string }> {
  const bytes = bytesIn(text)
  const file = bytes && (await readRescue(bytes))
  const read = content.safeParse(file?.content)
  if (!file || !read.success) return { sentence: sentences.unreadable }
  const held = read.data
  if (held.tenant_id !== tenantId) return { sentence: sentences.other_isp }

  const { data: device } = await db
    .from('devices')
    .select('code, status, member_name, public_key')
    .eq('id', held.device_id)
    .maybeSingle()
    .throwOnError()
  if (!device) return { sentence: sentences.unknown }
  if (!(await isSignedBy(file, device.public_key as ReceiptKey))) {
    return { sentence: sentences.changed }
  }

  const { data, error } = await db.rpc(openRescue.name, {
    rescue: {
      id: held.id,
      device_id: held.device_id,
      saved_at: held.saved_at,
      file_hash: await hashOf(file),
      command_ids: held.entries.map(({ id }) => id),
    },
  })
  if (error) return { sentence: expectRefusal(error).message }
  const { key, known } = data as unknown as { key: string; known: Array<string> }
  const commands = await commandsOf(held, key)
  if (!commands) return { sentence: sentences.changed }
  const rescue = {
    id: held.id,
    device_code: device.code ?? '',
    device_status: device.status as Rescue['device_status'],
    member_name: device.member_name ?? '',
    saved_at: held.saved_at,
  }
  return { rescue, commands, known: new Set(known) }
}

/**
 * Null where the seal was made with another key than this phone gave the office. An entry that does not open under the right key was
 * damaged on the phone, which signed it as it lay there: it comes in as word of itself, and stops none of the others.
 */
async function commandsOf(held: RescueContent, officeKey: string): Promise<Array<Command> | null> {
  const officeCipher = await cipherKey(fromHex(officeKey))
  const dataKey = await open(officeCipher, held.key).catch(() => null)
  if (!dataKey) return null
  const dataCipher = await cipherKey(dataKey)
  return Promise.all(
    held.entries.map(async (entry): Promise<Command> => {
      const command = { ...entry, device_id: held.device_id }
      try {
        const input = new TextDecoder().decode(await open(dataCipher, entry.input))
        return { ...command, input: JSON.parse(input) }
      } catch {
        return { ...command, input: {}, set_aside: 'damaged_on_phone' }
      }
    }),
  )
}

async function open(key: CryptoKey, sealed: string) {
  return openBytes(key, { sealed: fromBase64Url(sealed) })
}

/** In words a person can hold against the receipts. */
async function itemsOf(
  db: Db,
  commands: ReadonlyArray<Command>,
  stateOf: (command: Command) => Pick<RescuedItem, 'state' | 'reason'>,
): Promise<Array<RescuedItem>> {
  const ids = commands.flatMap(({ input }) => idIn(input['subscriber_id']) ?? [])
  const { data: subscribers } = await db
    .from('subscribers')
    .select('id, name, account_no')
    .in('id', [...new Set(ids)])
    .throwOnError()
  const subscriberOf = new Map(subscribers.map((row) => [row.id, row]))

  return commands.map((command) => {
    const { id, name, happened_at, input } = command
    const subscriber = subscriberOf.get(String(input['subscriber_id']))
    const amount = input['amount_minor']
    return {
      id,
      name,
      happened_at,
      // What was declared is not told before the cashier has counted.
      amount_minor:
        name === 'record_payment' && Number.isSafeInteger(amount) ? Number(amount) : null,
      receipt_number: typeof input['number'] === 'string' ? input['number'] : null,
      subscriber_name: subscriber?.name ?? null,
      account_no: subscriber?.account_no ?? null,
      ...stateOf(command),
    }
  })
}

function idIn(value: unknown) {
  return z.uuid().safeParse(value).data ?? null
}

function bytesIn(text: string) {
  try {
    return fromBase64Url(text)
  } catch {
    return null
  }
}

async function hashOf({ packed }: RescueFile) {
  return toHex(new Uint8Array(await crypto.subtle.digest('SHA-256', packed)))
}
