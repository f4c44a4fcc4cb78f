import { Camera, CircleStop } from 'lucide-react'
import { useCallback, useEffect, useState } from 'react'
import { bytesOfSeries, type Series, withCode } from '~/domain/code-series'
import { isRescueFile } from '~/domain/rescue'
import { useT } from '~/i18n/use-t'
import { Banner } from '~/ui/base/banner'
import { Button } from '~/ui/base/button'
import { Card } from '~/ui/base/card'
import { FileDrop } from '~/ui/base/file-drop'
import { Progress } from '~/ui/base/progress'
import { CodeCamera, codeInPicture } from './code-camera'

const SHOWN_MISSING = 8

/** A file of a phone, pictures of its codes, or the codes themselves before the camera. */
export function RescueSource({ onBytes }: { onBytes: (bytes: Uint8Array<ArrayBuffer>) => void }) {
  const t = useT('collections')
  const [series, setSeries] = useState<Series | null>(null)
  const [isLooking, setLooking] = useState(false)
  const [trouble, setTrouble] = useState<string | null>(null)

  const read = useCallback(
    (text: string) => setSeries((known) => withCode(known, text) ?? known),
    [],
  )

  const isWhole = series !== null && series.parts.size === series.count
  useEffect(() => {
    if (!series || !isWhole) return
    const bytes = bytesOfSeries(series)
    setLooking(false)
    setSeries(null)
    if (bytes) onBytes(bytes)
    else setTrouble(t('rescue.codes_broken'))
  }, [series, isWhole, onBytes, t])

  async function take(files: ReadonlyArray<File>) {
    setTrouble(null)
    for (const file of files) {
      const bytes = new Uint8Array(await file.arrayBuffer())
      if (isRescueFile(bytes)) return onBytes(bytes)
      const text = file.type.startsWith('image/') ? await codeInPicture(file) : null
      if (text === null || withCode(null, text) === null) {
        setTrouble(t('rescue.not_ours', { name: file.name }))
      } else {
        read(text)
      }
    }
  }

  return (
    <>
      {trouble ? (
        <Banner kind="danger" className="mb-4">
          {trouble}
        </Banner>
      ) : null}
      <div className="grid items-start gap-5 lg:grid-cols-2">
        <Card title={t('rescue.file')}>
          <FileDrop
            aria-label={t('rescue.choose')}
            multiple
            hint={t('rescue.file_hint')}
            onFiles={(files) => void take(files)}
          />
        </Card>
        <Card title={t('rescue.codes')}>
          {isLooking ? (
            <CodeCamera onText={read} />
          ) : (
            <p className="text-soft">{t('rescue.codes_hint')}</p>
          )}
          <div className="mt-4 flex flex-col gap-4">
            {series ? <Read series={series} /> : null}
            <Button
              icon={isLooking ? <CircleStop /> : <Camera />}
              className="self-start"
              onClick={() => {
                setTrouble(null)
                setLooking(!isLooking)
              }}
            >
              {t(isLooking ? 'rescue.stop' : 'rescue.start')}
            </Button>
          </div>
        </Card>
      </div>
    </>
  )
}

/** How far the reading is, and which codes are missing, so that the collector can stop at one of them. */
function Read({ series }: { series: Series }) {
  const t = useT('collections')
  const { count, parts } = series
  const missing = Array.from({ length: count }, (_, at) => at + 1).filter((at) => !parts.has(at))
  const shown = missing.slice(0, SHOWN_MISSING).join(', ')
  return (
    <Progress
      label={t('rescue.read', { read: parts.size, count })}
      done={parts.size}
      of={count}
      hint={t('rescue.missing', {
        numbers: missing.length > SHOWN_MISSING ? `${shown}, …` : shown,
      })}
    />
  )
}
