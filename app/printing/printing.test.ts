import { expect, test } from 'vitest'
import { bluetoothOf, CHUNK_BYTES, choosePrinter, findPrinter, inChunks, send } from './bluetooth'
import { fakePrinter, readPaper } from './fake-printer'
import type { Paper } from './paper'
import { plain, printerBytes } from './printer-bytes'

const address = `https://pay.kagayanfiber.ph/r/0193a0b2-1c3d-7e4f-8a5b-6c7d8e9f0a1d#${'Ab3-_'.repeat(36)}`

const paper: Paper = {
  heading: 'Kagayan Fiber',
  underHeading: ['Corrales Ave, Cagayan de Oro', 'TIN 123-456-789-00000'],
  marks: [],
  amount: '₱1,150.00',
  number: 'Receipt No. R-000123',
  facts: [
    { name: 'Received from', value: 'Niña Peñaflor' },
    { name: 'Account', value: 'CDO-000042' },
    { name: 'Received by', value: 'Maria Consolación Dela Cruz-Villanueva' },
  ],
  pays: [
    { name: 'Nov 2026 in full', value: '₱999.00' },
    { name: 'Credit', value: '₱151.00' },
  ],
  address,
  check: 'Scan to check this receipt',
  notice: 'THIS DOCUMENT IS NOT VALID FOR CLAIM OF INPUT TAX',
}

test('a 58 mm paper says everything, with ñ, pesos spelled out, one code and a cut', () => {
  const print = readPaper([...printerBytes(paper, 58)])

  expect(print.lines.filter(Boolean)).toMatchInlineSnapshot(`
    [
      "         Kagayan Fiber",
      "  Corrales Ave, Cagayan de Oro",
      "     TIN 123-456-789-00000",
      "    PHP 1,150.00",
      "      Receipt No. R-000123",
      "--------------------------------",
      "Received from      Niña Peñaflor",
      "Account               CDO-000042",
      "Received by",
      "    Maria Consolación Dela Cruz-",
      "                      Villanueva",
      "--------------------------------",
      "Nov 2026 in full      PHP 999.00",
      "Credit                PHP 151.00",
      "--------------------------------",
      "   Scan to check this receipt",
      " THIS DOCUMENT IS NOT VALID FOR",
      "       CLAIM OF INPUT TAX",
    ]
  `)
  expect(print.codes).toEqual([address])
  expect(print.isCut).toBe(true)
  expect(print.lines.every((line) => line.length <= 32)).toBe(true)
})

test('an 80 mm paper uses its width', () => {
  const print = readPaper([...printerBytes(paper, 80)])

  expect(print.lines).toContain('Received from' + ' '.repeat(22) + 'Niña Peñaflor')
  expect(print.lines.every((line) => line.length <= 48)).toBe(true)
  expect(print.codes).toEqual([address])
})

test('a copy and a void receipt say so', () => {
  const { lines } = readPaper([...printerBytes({ ...paper, marks: ['VOID', 'COPY 2'] }, 58)])
  expect(lines.map((line) => line.trim())).toEqual(
    expect.arrayContaining(['*** VOID ***', '*** COPY 2 ***']),
  )
})

test('what the code page has not is spelled out', () => {
  expect(plain('₱99 — “Peña” Čačak 中')).toBe('PHP 99 - "Peña" Cacak ?')
})

test('chunks are small, whole and in order, and without the last one no code is on the paper', () => {
  for (let more = 0; more < CHUNK_BYTES; more += 12) {
    const bytes = printerBytes({ ...paper, address: address + 'x'.repeat(more) }, 58)
    const chunks = inChunks(bytes)

    expect(chunks.every((chunk) => chunk.length <= CHUNK_BYTES)).toBe(true)
    expect(chunks.flatMap((chunk) => [...chunk])).toEqual([...bytes])
    expect(readPaper(chunks.slice(0, -1).flatMap((chunk) => [...chunk])).codes).toEqual([])
  }
})

test.each([{ silent: false }, { silent: true }])(
  'prints and stays connected; silent: $silent',
  async ({ silent }) => {
    const printer = fakePrinter({ silent })
    const device = await choosePrinter(printer.bluetooth, null)
    await send(printer.bluetooth, device, printerBytes(paper, 58), { beforeLast: async () => {} })

    expect(printer.tearOff().codes).toEqual([address])
    expect(printer.chunks.every((chunk) => chunk.length <= CHUNK_BYTES)).toBe(true)
    await send(printer.bluetooth, device, printerBytes(paper, 58), { beforeLast: async () => {} })
    expect(printer.tearOff().isCut).toBe(true)
    expect(printer.asked()).toBe(1)
  },
)

test('a printer that goes off at any chunk is told, and a second try prints the whole paper', async () => {
  const bytes = printerBytes(paper, 58)
  const count = inChunks(bytes).length

  for (let at = 0; at < count; at += 1) {
    const printer = fakePrinter()
    let isWhole = false
    const print = () =>
      send(printer.bluetooth, printer.device, bytes, {
        beforeLast: async () => {
          isWhole = true
        },
      })

    printer.world.offAfter = at
    await expect(print()).rejects.toMatchObject({ trouble: 'broke_off' })
    // Counted only when the paper may have come out.
    expect(isWhole).toBe(at === count - 1)
    expect(printer.tearOff().codes).toEqual([])

    await expect(print()).rejects.toMatchObject({ trouble: 'out_of_reach' })
    printer.world.isOff = false
    await print()
    expect(printer.tearOff().codes).toEqual([address])
  }
})

test('a fact that cannot be written down keeps the last chunk back', async () => {
  const printer = fakePrinter()
  const print = send(printer.bluetooth, printer.device, printerBytes(paper, 58), {
    beforeLast: () => Promise.reject(new Error('The store is full')),
  })
  await expect(print).rejects.toThrow('The store is full')
  expect(printer.tearOff().codes).toEqual([])
})

test('says what is in the way', async () => {
  const off = fakePrinter()
  off.world.isBluetoothOff = true
  await expect(choosePrinter(off.bluetooth, null)).rejects.toMatchObject({
    trouble: 'bluetooth_off',
  })
  await expect(
    send(off.bluetooth, off.device, new Uint8Array([10]), { beforeLast: async () => {} }),
  ).rejects.toMatchObject({ trouble: 'bluetooth_off' })

  const shy = fakePrinter()
  shy.world.isCancelled = true
  await expect(choosePrinter(shy.bluetooth, null)).rejects.toMatchObject({ trouble: 'none_chosen' })
  await expect(choosePrinter(bluetoothOf({}), null)).rejects.toMatchObject({
    trouble: 'no_bluetooth_here',
  })

  const lamp = fakePrinter()
  const noService = {
    ...lamp.device.gatt,
    connect: async () => ({ getPrimaryServices: async () => [] }),
  }
  await expect(
    send(lamp.bluetooth, { id: 'lamp', gatt: noService }, new Uint8Array([10]), {
      beforeLast: async () => {},
    }),
  ).rejects.toMatchObject({ trouble: 'no_printer' })
})

test('finds the printer of last time where the browser remembers it', async () => {
  const printer = fakePrinter()
  expect(await findPrinter(printer.bluetooth, 'printer-1')).toBe(printer.device)
  expect(await findPrinter(printer.bluetooth, 'another')).toBeNull()
  printer.world.isRemembered = false
  expect(await findPrinter(printer.bluetooth, 'printer-1')).toBeNull()
  expect(await findPrinter(null, 'printer-1')).toBeNull()
})
