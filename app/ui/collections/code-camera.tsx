import { useEffect, useRef, useState } from 'react'
import { useT } from '~/i18n/use-t'
import { Banner } from '~/ui/base/banner'
import { Progress } from '~/ui/base/progress'

/** Wide enough for a code of a hundred squares a side, small enough to be read many times a second. */
const LARGEST_SIDE = 1_100
const PAUSE_MILLISECONDS = 60

/** Reads codes off whatever is held before the camera, until it is taken away. */
export function CodeCamera({ onText }: { onText: (text: string) => void }) {
  const t = useT('collections')
  const video = useRef<HTMLVideoElement>(null)
  const [state, setState] = useState<'starting' | 'on' | Trouble>('starting')

  useEffect(() => {
    const box = video.current
    if (!box) return
    let isOver = false
    let stream: MediaStream | null = null

    const watch = async () => {
      stream = await navigator.mediaDevices.getUserMedia({
        video: { facingMode: 'environment', width: { ideal: 1280 }, height: { ideal: 960 } },
      })
      if (isOver) return stop(stream)
      box.srcObject = stream
      await box.play()
      setState('on')
      while (!isOver) {
        const text = await codeIn(box, box.videoWidth, box.videoHeight)
        if (text !== null && !isOver) onText(text)
        await new Promise((go) => setTimeout(go, PAUSE_MILLISECONDS))
      }
    }
    watch().catch((error: unknown) => isOver || setState(troubleOf(error)))
    return () => {
      isOver = true
      if (stream) stop(stream)
    }
  }, [onText])

  if (state !== 'starting' && state !== 'on') {
    return <Banner kind="warn">{t(`rescue.no_camera.${state}`)}</Banner>
  }
  return (
    <div className="relative overflow-hidden rounded-lg bg-sunken">
      <video
        ref={video}
        muted
        playsInline
        aria-label={t('rescue.camera')}
        className="aspect-[4/3] w-full object-cover"
      />
      {state === 'starting' ? (
        <div className="absolute inset-x-6 bottom-6">
          <Progress label={t('rescue.camera_starting')} />
        </div>
      ) : null}
    </div>
  )
}

type Trouble = 'refused' | 'none' | 'busy' | 'insecure'

/** A browser gives a camera only to a page it came to safely, and says by the name of the error why it gives none. */
function troubleOf(error: unknown): Trouble {
  if (!window.isSecureContext) return 'insecure'
  const name = error instanceof Error ? error.name : ''
  if (name === 'NotAllowedError') return 'refused'
  return name === 'NotFoundError' || name === 'TypeError' ? 'none' : 'busy'
}

/** The code in a picture, or null. */
export async function codeInPicture(file: File): Promise<string | null> {
  try {
    const picture = await createImageBitmap(file)
    return await codeIn(picture, picture.width, picture.height)
  } catch {
    return null
  }
}

async function codeIn(source: CanvasImageSource, width: number, height: number) {
  if (width === 0 || height === 0) return null
  const { default: decodeQR } = await import('qr/decode.js')
  const scale = Math.min(1, LARGEST_SIDE / Math.max(width, height))
  const canvas = document.createElement('canvas')
  canvas.width = Math.round(width * scale)
  canvas.height = Math.round(height * scale)
  const context = canvas.getContext('2d', { willReadFrequently: true })
  if (!context) return null
  context.drawImage(source, 0, 0, canvas.width, canvas.height)
  try {
    return decodeQR(context.getImageData(0, 0, canvas.width, canvas.height))
  } catch {
    return null
  }
}

function stop(stream: MediaStream) {
  for (const track of stream.getTracks()) track.stop()
}
