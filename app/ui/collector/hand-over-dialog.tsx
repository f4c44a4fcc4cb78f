import { ChevronLeft, ChevronRight, FileDown, Pause, Play, QrCode as Codes } from 'lucide-react'
import { useEffect, useMemo, useState } from 'react'
import { codesOf } from '~/domain/code-series'
import { useT } from '~/i18n/use-t'
import { Banner } from '~/ui/base/banner'
import { Button } from '~/ui/base/button'
import { Dialog } from '~/ui/base/dialog'
import { QrCode } from '~/ui/base/qr-code'
import { toast } from '~/ui/base/toast'
import type { HandOverProps } from './hand-over'

/** Brings what is not sent to the office without a signal, and without a PIN: as a file, or as codes on the screen. */
export default function HandOverDialog(props: HandOverProps) {
  const { queue, variant } = props
  const t = useT('collector')
  const [isOpen, setOpen] = useState(false)
  const [bytes, setBytes] = useState<Uint8Array<ArrayBuffer> | null>(null)
  const [hasFailed, setFailed] = useState(false)

  async function make() {
    setFailed(false)
    try {
      return await queue.save()
    } catch {
      setFailed(true)
      return null
    }
  }

  return (
    <Dialog
      open={isOpen}
      onOpenChange={(open) => {
        setOpen(open)
        setBytes(null)
      }}
      title={t('handover.title')}
      lead={bytes ? undefined : t('handover.body', { count: queue.unsent })}
      trigger={
        <Button size="large" variant={variant} wide className="h-auto! min-h-14 whitespace-normal!">
          {props.label ?? t('handover.button')}
        </Button>
      }
    >
      {hasFailed ? (
        <Banner kind="danger" className="mb-3">
          {t('handover.failed')}
        </Banner>
      ) : null}
      {bytes ? (
        <CodeSeries bytes={bytes} />
      ) : (
        <div className="flex flex-col gap-3">
          <Button
            variant="primary"
            size="large"
            wide
            icon={<Codes />}
            onClick={() => void make().then(setBytes)}
          >
            {t('handover.codes')}
          </Button>
          <Button
            size="large"
            wide
            icon={<FileDown />}
            onClick={() =>
              void make().then((made) => {
                if (!made) return
                download(made)
                toast.success(t('handover.saved'))
              })
            }
          >
            {t('handover.file')}
          </Button>
        </div>
      )}
    </Dialog>
  )
}

/** Fewer than three changes a second: more is a flicker that harms some people. */
const TURN_MILLISECONDS = 400

/** The codes one after the other, over and over, until the other camera has them all. */
function CodeSeries({ bytes }: { bytes: Uint8Array }) {
  const t = useT('collector')
  const codes = useMemo(() => codesOf(bytes), [bytes])
  const [at, setAt] = useState(0)
  const [isTurning, setTurning] = useState(codes.length > 1)

  useEffect(() => {
    if (!isTurning) return
    const timer = setInterval(() => setAt((now) => (now + 1) % codes.length), TURN_MILLISECONDS)
    return () => clearInterval(timer)
  }, [isTurning, codes.length])

  const turn = (by: number) => {
    setTurning(false)
    setAt((now) => (now + by + codes.length) % codes.length)
  }
  const label = t('handover.code', { at: at + 1, of: codes.length })
  return (
    <>
      <QrCode
        value={codes[at] ?? ''}
        label={label}
        dense
        className="mx-auto aspect-square w-full max-w-[min(100%,58dvh)] rounded-md"
      />
      <p className="tabular mt-3 text-center text-lg font-semibold">{label}</p>
      <p className="mt-1 text-center text-sm text-soft">{t('handover.hold')}</p>
      {codes.length > 1 ? (
        <div className="mt-4 grid grid-cols-3 gap-2">
          <Button aria-label={t('handover.previous')} onClick={() => turn(-1)}>
            <ChevronLeft aria-hidden="true" />
          </Button>
          <Button
            aria-label={t(isTurning ? 'handover.pause' : 'handover.play')}
            onClick={() => setTurning(!isTurning)}
          >
            {isTurning ? <Pause aria-hidden="true" /> : <Play aria-hidden="true" />}
          </Button>
          <Button aria-label={t('handover.next')} onClick={() => turn(1)}>
            <ChevronRight aria-hidden="true" />
          </Button>
        </div>
      ) : null}
    </>
  )
}

function download(bytes: Uint8Array<ArrayBuffer>) {
  const url = URL.createObjectURL(new Blob([bytes], { type: 'application/octet-stream' }))
  const link = document.createElement('a')
  link.href = url
  link.download = `linyada-${new Date().toISOString().slice(0, 16).replace(/\D/g, '')}.rescue`
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}
