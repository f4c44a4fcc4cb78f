// A receipt printer for tests: stands where Web Bluetooth would, reads the bytes as a printer does and keeps the paper.
// Runs in the browser of an end-to-end test too, so it knows nothing of Node.

/** cp437 from 0x80 on, as far as letters go. */
const LETTERS = 'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»'

export type Print = { lines: Array<string>; codes: Array<string>; isCut: boolean }

export function fakePrinter({ name = 'MPT-II', silent = false } = {}) {
  const listeners = {
    /** After how many more chunks the printer is switched off; null: never. */
    offAfter: null as number | null,
    isOff: false,
    isBluetoothOff: false,
    isCancelled: false,
    isRemembered: true,
  }
  const chunks: Array<Array<number>> = []
  let paper: Array<number> = []
  let asked = 0

  const gatt = {
    connected: false,
    connect: async () => {
      if (listeners.isOff || listeners.isBluetoothOff) throw refusal('NetworkError')
      gatt.connected = true
      return { getPrimaryServices: async () => [service] }
    },
    disconnect: () => {
      gatt.connected = false
    },
  }
  const write = async (bytes: Uint8Array) => {
    if (!gatt.connected || listeners.isOff) throw refusal('NetworkError')
    if (listeners.offAfter === 0) {
      listeners.isOff = true
      listeners.offAfter = null
      gatt.connected = false
      throw refusal('NetworkError')
    }
    if (listeners.offAfter !== null) listeners.offAfter -= 1
    chunks.push(Array.from(bytes))
    paper.push(...bytes)
  }
  const service = {
    uuid: '000018f0-0000-1000-8000-00805f9b34fb',
    getCharacteristics: async () => [
      {
        properties: { write: false, writeWithoutResponse: false },
        writeValueWithResponse: write,
        writeValueWithoutResponse: write,
      },
      {
        properties: { write: !silent, writeWithoutResponse: true },
        writeValueWithResponse: write,
        writeValueWithoutResponse: write,
      },
    ],
  }
  const device = { id: 'printer-1', name, gatt }

  return {
    world: listeners,
    device,
    chunks,
    /** How often the person had to choose. */
    asked: () => asked,
    bluetooth: {
      getAvailability: async () => !listeners.isBluetoothOff,
      requestDevice: async () => {
        asked += 1
        if (listeners.isCancelled || listeners.isBluetoothOff) throw refusal('NotFoundError')
        return device
      },
      getDevices: async () => (listeners.isRemembered ? [device] : []),
    },
    /** Tears off what came out since the last time. */
    tearOff: (): Print => {
      const print = readPaper(paper)
      paper = []
      return print
    },
  }
}

function refusal(name: string) {
  return new DOMException('The printer refused', name)
}

/** Reads ESC/POS. A command it does not know ends the test: a real printer would print it as rubbish. */
export function readPaper(bytes: ReadonlyArray<number>): Print {
  const print: Print = { lines: [], codes: [], isCut: false }
  let line = ''
  let code = ''
  let isChinese = true

  for (let at = 0; at < bytes.length;) {
    const [byte = 0, second = 0, third = 0] = bytes.slice(at, at + 3)
    if (byte === 0x0a || byte === 0x0d) {
      if (byte === 0x0a) print.lines.push(line.trimEnd())
      if (byte === 0x0a) line = ''
      at += 1
    } else if (byte === 0x1b) {
      // ESC @ starts afresh; ESC with t, a, E, M, !, 3, d, -, J and one value; ESC 2 alone.
      const sign = String.fromCharCode(second)
      if (sign === '@' || sign === '2') at += 2
      else if ('taEM!3d-JG'.includes(sign)) at += 3
      else throw new Error(`Unknown command ESC ${sign}`)
      if (sign === 't' && third !== 0) throw new Error(`Unexpected code page ${third}`)
    } else if (byte === 0x1c) {
      if (second !== 0x2e) throw new Error(`Unknown command FS ${second}`)
      isChinese = false
      at += 2
    } else if (byte === 0x1d) {
      const sign = String.fromCharCode(second)
      if (sign === '!' || sign === 'B') at += 3
      else if (sign === 'V') {
        print.isCut = true
        at += third >= 0x41 ? 4 : 3
      } else if (sign === '(' && third === 0x6b) {
        const length = (bytes[at + 3] ?? 0) + (bytes[at + 4] ?? 0) * 256
        const content = bytes.slice(at + 5, at + 5 + length)
        if (content.length < length) break
        // 0x50: keep this text; 0x51: print it.
        if (content[1] === 0x50) code = String.fromCharCode(...content.slice(3))
        if (content[1] === 0x51) print.codes.push(code)
        at += 5 + length
      } else throw new Error(`Unknown command GS ${sign}`)
    } else {
      if (byte >= 0x80 && isChinese) throw new Error('A letter was read as half a Chinese sign')
      line += byte >= 0x80 ? (LETTERS[byte - 0x80] ?? '?') : String.fromCharCode(byte)
      at += 1
    }
  }
  if (line.trim() !== '') print.lines.push(line.trimEnd())
  return print
}
