// A receipt printer over Bluetooth Low Energy. The browser asks the person which one; after that we find it again by ourselves.

/** The part of Web Bluetooth that a printer needs. TypeScript does not know it yet. */
export type Bluetooth = {
  getAvailability: () => Promise<boolean>
  requestDevice: (options: {
    acceptAllDevices?: true
    filters?: Array<{ name: string }>
    optionalServices: Array<string>
  }) => Promise<Device>
  /** The ones allowed before. Not every browser remembers. */
  getDevices?: () => Promise<Array<Device>>
}

export type Device = {
  id: string
  name?: string
  gatt?: {
    connected: boolean
    connect: () => Promise<{ getPrimaryServices: () => Promise<Array<Service>> }>
    disconnect: () => void
  }
}

type Service = { uuid: string; getCharacteristics: () => Promise<Array<Characteristic>> }

type Characteristic = {
  properties: { write: boolean; writeWithoutResponse: boolean }
  writeValueWithResponse: (bytes: Uint8Array<ArrayBuffer>) => Promise<void>
  writeValueWithoutResponse: (bytes: Uint8Array<ArrayBuffer>) => Promise<void>
}

/** Why nothing came out, or not all of it. */
export type PrinterTrouble =
  | 'no_bluetooth_here'
  | 'bluetooth_off'
  | 'none_chosen'
  | 'not_allowed'
  | 'out_of_reach'
  | 'no_printer'
  | 'broke_off'

export class PrinterFailure extends Error {
  override name = 'PrinterFailure'
  constructor(
    readonly trouble: PrinterTrouble,
    cause?: unknown,
  ) {
    super(trouble, { cause })
  }
}

/** What printers on the market call the place that takes the bytes. */
const services = [
  '000018f0-0000-1000-8000-00805f9b34fb',
  'e7810a71-73ae-499d-8c15-faa9aef0c3f2',
  '49535343-fe7d-4ae5-8fa9-9fafd205e455',
  '0000ff00-0000-1000-8000-00805f9b34fb',
  '0000ffe0-0000-1000-8000-00805f9b34fb',
  '0000fee7-0000-1000-8000-00805f9b34fb',
]

/** Small enough for every printer's buffer, and for the packets Android negotiates. */
export const CHUNK_BYTES = 180
const CONNECT_MILLISECONDS = 12_000
const WRITE_MILLISECONDS = 6_000
/** For a printer that never says that it has read a chunk. */
const PAUSE_MILLISECONDS = 40

export function bluetoothOf(navigator: object): Bluetooth | null {
  return 'bluetooth' in navigator && navigator.bluetooth ? (navigator.bluetooth as Bluetooth) : null
}

/** Lets the person choose. Needs a tap just before, or the browser refuses. */
export async function choosePrinter(
  bluetooth: Bluetooth | null,
  known: { name: string } | null,
): Promise<Device> {
  if (!bluetooth) throw new PrinterFailure('no_bluetooth_here')
  try {
    return await bluetooth.requestDevice(
      known
        ? { filters: [{ name: known.name }], optionalServices: services }
        : { acceptAllDevices: true, optionalServices: services },
    )
  } catch (error) {
    // Asked only now: a question before the choice would use up the tap.
    throw new PrinterFailure((await isOff(bluetooth)) ? 'bluetooth_off' : troubleOf(error), error)
  }
}

/** The printer of last time, when the browser still allows it without asking. */
export async function findPrinter(bluetooth: Bluetooth | null, id: string): Promise<Device | null> {
  const allowed = (await bluetooth?.getDevices?.().catch(() => [])) ?? []
  return allowed.find((device) => device.id === id) ?? null
}

/** What happens on the way. The chunk without which the paper is not whole waits for `beforeLast`. */
export type Way = { onConnected?: () => void; beforeLast: () => Promise<void> }

/** Sends the bytes, each chunk after the printer has taken the one before. */
export async function send(
  bluetooth: Bluetooth | null,
  device: Device,
  bytes: Uint8Array,
  { onConnected, beforeLast }: Way,
): Promise<void> {
  const write = await connect(bluetooth, device)
  onConnected?.()
  const chunks = inChunks(bytes)
  for (const [index, chunk] of chunks.entries()) {
    if (index === chunks.length - 1) await beforeLast()
    try {
      await inTime(write(chunk), WRITE_MILLISECONDS)
    } catch (error) {
      device.gatt?.disconnect()
      throw new PrinterFailure('broke_off', error)
    }
  }
}

/** The first chunk is the odd one, so that the last is as long as can be. */
export function inChunks(bytes: Uint8Array): Array<Uint8Array<ArrayBuffer>> {
  const first = bytes.length % CHUNK_BYTES || CHUNK_BYTES
  const chunks = [bytes.slice(0, first)]
  for (let at = first; at < bytes.length; at += CHUNK_BYTES) {
    chunks.push(bytes.slice(at, at + CHUNK_BYTES))
  }
  return chunks
}

async function connect(bluetooth: Bluetooth | null, device: Device) {
  const { gatt } = device
  if (!bluetooth || !gatt) throw new PrinterFailure('no_bluetooth_here')
  let found: Array<Characteristic>
  try {
    const server = await inTime(gatt.connect(), CONNECT_MILLISECONDS)
    const offered = await inTime(server.getPrimaryServices(), CONNECT_MILLISECONDS)
    found = (await Promise.all(offered.map((service) => service.getCharacteristics()))).flat()
  } catch (error) {
    gatt.disconnect()
    throw new PrinterFailure((await isOff(bluetooth)) ? 'bluetooth_off' : 'out_of_reach', error)
  }

  const answering = found.find(({ properties }) => properties.write)
  if (answering) {
    return (chunk: Uint8Array<ArrayBuffer>) => answering.writeValueWithResponse(chunk)
  }
  const silent = found.find(({ properties }) => properties.writeWithoutResponse)
  if (!silent) {
    gatt.disconnect()
    throw new PrinterFailure('no_printer')
  }
  return async (chunk: Uint8Array<ArrayBuffer>) => {
    await silent.writeValueWithoutResponse(chunk)
    await new Promise((go) => setTimeout(go, PAUSE_MILLISECONDS))
  }
}

async function isOff(bluetooth: Bluetooth) {
  return !(await bluetooth.getAvailability().catch(() => true))
}

function troubleOf(error: unknown): PrinterTrouble {
  const name = error instanceof Error ? error.name : ''
  if (name === 'NotFoundError') return 'none_chosen'
  return name === 'SecurityError' || name === 'NotAllowedError' ? 'not_allowed' : 'out_of_reach'
}

/** A printer that was switched off never answers; the browser would wait for half a minute. */
async function inTime<Result>(work: Promise<Result>, milliseconds: number): Promise<Result> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('The printer does not answer')), milliseconds)
  })
  try {
    return await Promise.race([work, limit])
  } finally {
    clearTimeout(timer)
  }
}
