// A receipt as a picture, to send by any app. Drawn on the phone, so it needs no signal.

import { encode as encodeQr } from 'uqr'
import type { Fact, Paper } from './paper'

const WIDTH = 720
const EDGE = 48
const INSIDE = WIDTH - 2 * EDGE
const FONT = 'Inter, system-ui, sans-serif'
const INK = '#14181d'
const SOFT = '#4b5563'
const CODE_SIZE = 440

export async function paperPicture(paper: Paper): Promise<Blob> {
  await document.fonts.ready
  const canvas = document.createElement('canvas')
  canvas.width = WIDTH
  // Drawn twice: the first time tells how long the paper is.
  canvas.height = draw(canvas, paper)
  draw(canvas, paper)
  const picture = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/png'))
  if (!picture) throw new Error('The browser could not make a picture')
  return picture
}

/** Answers the height it took. */
function draw(canvas: HTMLCanvasElement, paper: Paper): number {
  const context = canvas.getContext('2d')
  if (!context) throw new Error('The browser cannot draw')
  context.fillStyle = '#ffffff'
  context.fillRect(0, 0, canvas.width, canvas.height)
  let y = EDGE

  const line = (text: string, size: number, look: { bold?: boolean; color?: string } = {}) => {
    context.font = `${look.bold ? 600 : 400} ${size}px ${FONT}`
    context.fillStyle = look.color ?? INK
    context.textAlign = 'center'
    for (const part of wrapped(context, text, INSIDE)) {
      y += size * 1.35
      context.fillText(part, WIDTH / 2, y)
    }
  }
  const rule = () => {
    y += 30
    context.strokeStyle = '#c3c9d1'
    context.lineWidth = 2
    context.setLineDash([8, 8])
    context.beginPath()
    context.moveTo(EDGE, y)
    context.lineTo(WIDTH - EDGE, y)
    context.stroke()
    y += 6
  }
  const beside = ({ name, value }: Fact, isStrong: boolean) => {
    const size = 28
    context.font = `600 ${size}px ${FONT}`
    const values = wrapped(context, value, value === '' ? 0 : INSIDE * 0.58)
    const widest = Math.max(0, ...values.map((part) => context.measureText(part).width))
    context.font = `400 ${size}px ${FONT}`
    const names = wrapped(context, name, INSIDE - widest - 24)
    const put = (text: string, at: number, align: CanvasTextAlign, look: string, color: string) => {
      context.font = `${look} ${size}px ${FONT}`
      context.fillStyle = color
      context.textAlign = align
      context.fillText(text, align === 'left' ? EDGE : WIDTH - EDGE, y + (at + 1) * size * 1.4)
    }
    names.forEach((part, at) => put(part, at, 'left', '400', isStrong ? INK : SOFT))
    values.forEach((part, at) => put(part, at, 'right', '600', INK))
    y += Math.max(names.length, values.length) * size * 1.4 + 6
  }

  line(paper.heading, 38, { bold: true })
  for (const text of paper.underHeading) line(text, 24, { color: SOFT })
  y += 20
  for (const mark of paper.marks) line(mark, 30, { bold: true, color: '#b42318' })
  line(paper.amount, 76, { bold: true })
  line(paper.number, 30, { bold: true })
  rule()
  for (const fact of paper.facts) beside(fact, false)
  if (paper.pays.length > 0) {
    rule()
    for (const pay of paper.pays) beside(pay, true)
  }
  rule()
  y += 10
  drawCode(context, paper.address, (WIDTH - CODE_SIZE) / 2, y)
  y += CODE_SIZE
  line(paper.check, 26, { color: SOFT })
  y += 16
  line(paper.notice, 22, { color: SOFT })
  return Math.ceil(y + EDGE)
}

function drawCode(context: CanvasRenderingContext2D, address: string, x: number, y: number) {
  const { data, size } = encodeQr(address, { ecc: 'M', border: 2 })
  const dot = Math.floor(CODE_SIZE / size)
  const margin = Math.floor((CODE_SIZE - dot * size) / 2)
  context.fillStyle = '#000000'
  data.forEach((row, at) =>
    row.forEach((isDark, column) => {
      if (isDark) context.fillRect(x + margin + column * dot, y + margin + at * dot, dot, dot)
    }),
  )
}

function wrapped(context: CanvasRenderingContext2D, text: string, room: number): Array<string> {
  if (text === '') return []
  const lines: Array<string> = []
  let line = ''
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`
    if (line !== '' && context.measureText(longer).width > room) {
      lines.push(line)
      line = word
    } else line = longer
  }
  return [...lines, line]
}
