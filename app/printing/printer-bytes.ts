// A receipt as ESC/POS, the language of receipt printers.

import ReceiptPrinterEncoder from '@point-of-sale/receipt-printer-encoder'
import { encode as encodeQr } from 'uqr'
import type { Fact, Paper, PaperWidth } from './paper'

/** What fits beside each other at the printer's normal letters, and how many dots lie across the paper. */
const sizes: Record<PaperWidth, { columns: number; dots: number }> = {
  58: { columns: 32, dots: 384 },
  80: { columns: 48, dots: 576 },
}

/** The code page every printer starts with. It has ñ and Ñ. */
const CODE_PAGE = 'cp437'
const LARGEST_DOT = 8
const QUIET_MODULES = 8

export function printerBytes(paper: Paper, width: PaperWidth): Uint8Array {
  const { columns, dots } = sizes[width]
  const rule = '-'.repeat(columns)
  const encoder = new ReceiptPrinterEncoder({
    language: 'esc-pos',
    columns,
    codepageMapping: 'epson',
    newline: '\n',
    feedBeforeCut: 4,
  })

  encoder.initialize().codepage(CODE_PAGE).align('center')
  encoder.bold(true).line(plain(paper.heading)).bold(false)
  for (const line of paper.underHeading) encoder.line(plain(line))
  encoder.newline()

  for (const mark of paper.marks)
    encoder
      .bold(true)
      .line(`*** ${plain(mark)} ***`)
      .bold(false)
  const amount = plain(paper.amount)
  encoder.bold(true).size(amount.length * 2 <= columns ? 2 : 1, 2)
  encoder.line(amount).size(1, 1).bold(false)
  encoder.line(plain(paper.number))

  encoder.align('left').line(rule)
  for (const fact of paper.facts) besideEachOther(encoder, fact, columns)
  if (paper.pays.length > 0) {
    encoder.line(rule)
    for (const fact of paper.pays) besideEachOther(encoder, fact, columns)
  }
  encoder.line(rule).align('center')

  encoder.qrcode(paper.address, { model: 2, size: dotSize(paper.address, dots), errorlevel: 'l' })
  encoder.line(plain(paper.check)).newline()
  encoder.line(plain(paper.notice))
  encoder.cut('partial')
  return encoder.encode()
}

/** The value at the right of its line, or on lines of its own when both do not fit. */
function besideEachOther(encoder: ReceiptPrinterEncoder, fact: Fact, columns: number) {
  const [name, value] = [plain(fact.name), plain(fact.value)]
  const room = columns - name.length - value.length
  if (room >= 1) encoder.line(name + ' '.repeat(room) + value)
  else encoder.line(name).align('right').line(value).align('left')
}

/** The largest squares that let the code and its margin fit: the larger, the further a camera may be. */
function dotSize(address: string, dots: number) {
  const { size } = encodeQr(address, { ecc: 'L', border: 0 })
  return Math.max(3, Math.min(LARGEST_DOT, Math.floor(dots / (size + QUIET_MODULES))))
}

const spelledOut: Record<string, string> = {
  '₱': 'PHP ',
  '−': '-',
  '–': '-',
  '—': '-',
  '…': '...',
  '‘': "'",
  '’': "'",
  '“': '"',
  '”': '"',
  ' ': ' ',
}

/** What the code page has not is spelled out, and a letter it lacks loses its accent. */
export function plain(text: string): string {
  return Array.from(text, (sign) => spelledOut[sign] ?? (isPrintable(sign) ? sign : bare(sign)))
    .join('')
    .trim()
}

const ofCodePage = new Set('ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥áíóúñÑªº¿¡½¼«»°±·²')

function isPrintable(sign: string) {
  return (sign >= ' ' && sign <= '~') || ofCodePage.has(sign)
}

function bare(sign: string) {
  const letters = sign.normalize('NFD').replace(/\p{M}/gu, '')
  return /^[ -~]+$/.test(letters) ? letters : '?'
}
