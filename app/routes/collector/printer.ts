// The printer this phone prints on. Not anybody's data, so it stands outside the person's database and outlives a sign-out.

import { bluetoothOf, choosePrinter, type Device, findPrinter } from '~/printing/bluetooth'
import type { PaperWidth } from '~/printing/paper'

const KEY = 'linyada.printer'

export type KnownPrinter = { id: string | null; name: string | null; width: PaperWidth }

/** As long as the page lives the browser needs no further permission for it. */
let inHand: Device | null = null

export function readPrinter(): KnownPrinter {
  const { id, name, width } = stored()
  return { id: id ?? null, name: name ?? null, width: width === 80 ? 80 : 58 }
}

/** What somebody else wrote there, or nothing, is as good as no printer. */
function stored(): Partial<KnownPrinter> {
  try {
    return (JSON.parse(localStorage.getItem(KEY) ?? '{}') ?? {}) as Partial<KnownPrinter>
  } catch {
    return {}
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
