import { Download, Image, MessageSquare, Share2 } from 'lucide-react'
import { useEffect, useState } from 'react'
import { paperPicture } from '~/printing/picture'
import { Banner } from '~/ui/base/banner'
import { Button, buttonLook } from '~/ui/base/button'
import { Dialog } from '~/ui/base/dialog'
import { Skeleton } from '~/ui/base/progress'
import { toast } from '~/ui/base/toast'
import type { Receipt } from '~/ui/collector/receipt'
import { usePaper } from '~/ui/collector/use-paper'
import { formatAmount } from '~/i18n/format'
import { useFormat } from '~/i18n/use-format'
import { useT } from '~/i18n/use-t'

/** The receipt by any app the phone has: as a picture, as text, or as a text message. None of it needs a signal here. */
export default function ShareSheet(props: {
  receipt: Receipt
  text: string
  /** The short address, which tells nothing but the payment's id. */
  shortUrl: string
  /** The payer's phone number, when known. */
  smsTo: string | null
  onClose: () => void
}) {
  const { receipt, text, shortUrl, smsTo, onClose } = props
  const t = useT('receipt')
  const format = useFormat()
  const paper = usePaper(receipt)(0)
  const picture = usePicture(() => paperPicture(paper))
  const fileName = `${receipt.number.replace(/[^\w-]+/g, '-')}.png`
  const file = picture.blob ? new File([picture.blob], fileName, { type: 'image/png' }) : null
  const canSendFiles = file !== null && (navigator.canShare?.({ files: [file] }) ?? false)

  const sms = t('share.sms_text', {
    isp: receipt.issuer.tradeName,
    // The sign of the peso would make three messages of one.
    amount: `${receipt.issuer.currency} ${formatAmount(receipt.amountMinor)}`,
    number: receipt.number,
    when: format.instant(receipt.receivedAt, receipt.issuer.timeZone),
    url: shortUrl,
  })

  async function shareText() {
    if (typeof navigator.share === 'function') return share({ text })
    await navigator.clipboard.writeText(text)
    toast.success(t('share.copied'))
  }

  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title={t('share.title')}>
      <div className="flex flex-col gap-3">
        {picture.failed ? <Banner kind="warn">{t('share.failed')}</Banner> : null}
        {picture.url ? (
          <img
            src={picture.url}
            alt={t('share.preview')}
            className="mx-auto mb-1 max-h-[38dvh] rounded-md border border-line"
          />
        ) : picture.failed ? null : (
          <Skeleton className="mx-auto mb-1 h-[38dvh] w-52" />
        )}
        {file && canSendFiles ? (
          <Button
            variant="primary"
            size="large"
            wide
            icon={<Image />}
            onClick={() => void share({ files: [file], text: shortUrl })}
          >
            {t('share.picture')}
          </Button>
        ) : null}
        <Button size="large" wide icon={<Share2 />} onClick={() => void shareText()}>
          {t('share.text')}
        </Button>
        <a
          href={`sms:${smsTo ?? ''}?&body=${encodeURIComponent(sms)}`}
          className={buttonLook({ size: 'large', wide: true })}
        >
          <MessageSquare />
          {smsTo ? t('share.sms', { phone: smsTo }) : t('share.sms_nobody')}
        </a>
        {picture.url ? (
          <a
            href={picture.url}
            download={fileName}
            className={buttonLook({ size: 'large', wide: true, variant: 'quiet' })}
            onClick={() => toast.success(t('share.saved'))}
          >
            <Download />
            {t('share.save')}
          </a>
        ) : null}
      </div>
    </Dialog>
  )
}

/** Closing the system's own sheet is no failure. */
async function share(what: ShareData) {
  await navigator.share(what).catch(() => {})
}

/** Drawn once: a receipt never changes. */
function usePicture(draw: () => Promise<Blob>) {
  const [drawing] = useState(draw)
  const [picture, setPicture] = useState<{ blob?: Blob; url?: string; failed?: true }>({})

  useEffect(() => {
    let url: string | undefined
    let isGone = false
    drawing.then(
      (blob) => {
        if (isGone) return
        url = URL.createObjectURL(blob)
        setPicture({ blob, url })
      },
      () => !isGone && setPicture({ failed: true }),
    )
    return () => {
      isGone = true
      if (url) URL.revokeObjectURL(url)
    }
  }, [drawing])
  return picture
}
