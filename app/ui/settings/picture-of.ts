const LARGEST_SIDE = 480
const MOST_BYTES = 262_144

/** A picture as PNG, or as JPEG where that is too large; null when the file is no picture. WebP is not for paper. */
export async function pictureOf(file: File) {
  const bitmap = await createImageBitmap(file).catch(() => null)
  if (!bitmap) return null

  const scale = Math.min(1, LARGEST_SIDE / Math.max(bitmap.width, bitmap.height))
  const canvas = document.createElement('canvas')
  canvas.width = Math.max(1, Math.round(bitmap.width * scale))
  canvas.height = Math.max(1, Math.round(bitmap.height * scale))
  const pen = canvas.getContext('2d')
  if (!pen) return null
  pen.drawImage(bitmap, 0, 0, canvas.width, canvas.height)

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

function blobOf(canvas: HTMLCanvasElement, type: string) {
  return new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, type, 0.85))
}

async function base64Of(blob: Blob) {
  const bytes = new Uint8Array(await blob.arrayBuffer())
  let text = ''
  for (const byte of bytes) text += String.fromCharCode(byte)
  return btoa(text)
}
