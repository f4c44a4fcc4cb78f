// The printer this phone prints on. Not anybody's data, so it stands outside the person's database and outlives a sign-out.

import { z } from 'zod'
import { bluetoothOf, choosePrinter, type Device, findPrinter } from '~/printing/bluetooth'
import type { PaperWidth } from '~/printing/paper'

const KEY = 'linyada.printer'

const shape = z.object({
  id: z.string().nullable(),
  name: z.string().nullable(),
  width: z.union([z.literal(58), z.literal(80)]),
})

export type KnownPrinter = z.infer<typeof shape>

/** As long as the page lives the browser needs no further permission for it. */
let inHand: Device | null = null

export function readPrinter(): KnownPrinter {
  try {
    return shape.parse(JSON.parse(localStorage.getItem(KEY) ?? ''))
  } catch {
    return { id: null, name: null, width: 58 }
  }
}

function keep(printer: KnownPrinter) {
  localStorage.setItem(KEY, JSON.stringify(printer))
}

export function keepWidth(width: PaperWidth) {
  keep({ ...readPrinter(), width })
}

export function bluetooth() {
  return bluetoothOf(navigator)
}

/** The printer of last time, if the browser gives it to us without asking. */
export async function printerOfLastTime(): Promise<Device | null> {
  const { id } = readPrinter()
  if (id === null) return null
  if (inHand?.id !== id) inHand = await findPrinter(bluetooth(), id)
  return inHand
}

/** Call it straight from a tap. Looks for the one of last time only, unless another is wanted. */
export async function askForPrinter(isAnother: boolean): Promise<Device> {
  const known = readPrinter()
  const name = isAnother ? null : known.name
  inHand = await choosePrinter(bluetooth(), name === null ? null : { name })
  keep({ ...known, id: inHand.id, name: inHand.name ?? null })
  return inHand
}
