import { roleColor } from './role-color'

export const BADGE_PIXEL_RATIO = 2
/** A ring shows how many tenths of its people are late. */
export const LATE_PARTS = 10

/** Drawn here, because text on a map needs font files from a server and a picture does not. */
export function countBadge(count: string, lateParts: number) {
  const size = (count.length > 2 ? 44 : 36) * BADGE_PIXEL_RATIO
  const middle = size / 2
  const ring = 4 * BADGE_PIXEL_RATIO
  const canvas = document.createElement('canvas')
  canvas.width = canvas.height = size
  const pen = canvas.getContext('2d')
  if (!pen) return { width: 1, height: 1, data: new Uint8Array(4) }

  disc(pen, { middle, radius: middle, color: roleColor('--surface') })
  disc(pen, { middle, radius: middle - BADGE_PIXEL_RATIO, color: roleColor('--success') })
  if (lateParts > 0) {
    const top = -Math.PI / 2
    pen.fillStyle = roleColor('--danger')
    pen.beginPath()
    pen.moveTo(middle, middle)
    pen.arc(
      middle,
      middle,
      middle - BADGE_PIXEL_RATIO,
      top,
      top + (lateParts / LATE_PARTS) * 2 * Math.PI,
    )
    pen.fill()
  }
  disc(pen, { middle, radius: middle - BADGE_PIXEL_RATIO - ring, color: roleColor('--surface') })

  pen.fillStyle = roleColor('--ink')
  pen.font = `600 ${12 * BADGE_PIXEL_RATIO}px Inter, sans-serif`
  pen.textAlign = 'center'
  pen.textBaseline = 'middle'
  pen.fillText(count, middle, middle + BADGE_PIXEL_RATIO / 2)
  return pen.getImageData(0, 0, size, size)
}

function disc(
  pen: CanvasRenderingContext2D,
  { middle, radius, color }: { middle: number; radius: number; color: string },
) {
  pen.fillStyle = color
  pen.beginPath()
  pen.arc(middle, middle, radius, 0, 2 * Math.PI)
  pen.fill()
}
