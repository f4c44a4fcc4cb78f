const LARGEST_SIDE = 480
const MOST_BYTES = 262_144

/** A picture as PNG, or as JPEG where that is too large; null when the file is no picture. WebP is not for paper. */
export async function pictureOf(file: File) {
  const drawn = await drawnOf(file, LARGEST_SIDE)
  if (!drawn) return null
  const { canvas, pen } = drawn

  const png = await blobOf(canvas, 'image/png')
  if (png && png.size <= MOST_BYTES)
    return { content_type: 'image/png', base64: await base64Of(png) }

  // A JPEG has no holes: what was clear becomes paper.
  pen.globalCompositeOperation = 'destination-over'
  pen.fillStyle = '#ffffff'
  pen.fillRect(0, 0, canvas.width, canvas.height)
  const jpeg = await blobOf(canvas, 'image/jpeg')
  return jpeg && { content_type: 'image/jpeg', base64: await base64Of(jpeg) }
}

const LARGEST_PHOTO_SIDE = 1400
const MOST_PHOTO_BYTES = 350_000

/** A photo of paper as JPEG, large enough to read and small enough to send; null when the file is no picture. */
export async function photoOf(file: File) {
  const drawn = await drawnOf(file, LARGEST_PHOTO_SIDE)
  if (!drawn) return null
  for (const quality of [0.8, 0.6, 0.4, 0.2]) {
    const jpeg = await blobOf(drawn.canvas, 'image/jpeg', quality)
    if (jpeg && jpeg.size <= MOST_PHOTO_BYTES)
      return { content_type: 'image/jpeg', base64: await base64Of(jpeg) }
  }
  return null
}

async function drawnOf(file: File, largestSide: number) {
  const bitmap = await createImageBitmap(file).catch(() => null)
  if (!bitmap) return null

  const scale = Math.min(1, largestSide / Math.max(bitmap.width, bitmap.height))
  const canvas = document.createElement('canvas')
  canvas.width = Math.max(1, Math.round(bitmap.width * scale))
  canvas.height = Math.max(1, Math.round(bitmap.height * scale))
  const pen = canvas.getContext('2d')
  if (!pen) return null
  pen.drawImage(bitmap, 0, 0, canvas.width, canvas.height)
  return { canvas, pen }
}

function blobOf(canvas: HTMLCanvasElement, type: string, quality = 0.85) {
  return new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, type, quality))
}

async function base64Of(blob: Blob) {
  const bytes = new Uint8Array(await blob.arrayBuffer())
  let text = ''
  for (const byte of bytes) text += String.fromCharCode(byte)
  return btoa(text)
}
