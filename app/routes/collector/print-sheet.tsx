import { CircleCheck, Printer, Share2 } from 'lucide-react'
import { useCallback, useEffect, useRef, useState } from 'react'
import { countPrints, recordPrint } from '~/offline/prints'
import { type Device, PrinterFailure, type PrinterTrouble, send } from '~/printing/bluetooth'
import type { PaperWidth } from '~/printing/paper'
import { printerBytes } from '~/printing/printer-bytes'
import { Banner } from '~/ui/base/banner'
import { Button } from '~/ui/base/button'
import { Dialog } from '~/ui/base/dialog'
import { Progress } from '~/ui/base/progress'
import type { Receipt } from '~/ui/collector/receipt'
import { Segmented } from '~/ui/collector/segmented'
import { usePaper } from '~/ui/collector/use-paper'
import { useT } from '~/i18n/use-t'
import { askForPrinter, bluetooth, keepWidth, printerOfLastTime, readPrinter } from './printer'
import { useLive, useScreen } from './screen'

type Step =
  | { kind: 'ready'; trouble: PrinterTrouble | 'not_counted' | null }
  | { kind: 'connecting' | 'printing' }
  | { kind: 'printed'; copy: number }

/** Prints on the Bluetooth printer in the collector's bag: the one of last time at once, else the person chooses. */
export default function PrintSheet(props: {
  receipt: Receipt
  onClose: () => void
  onShare: () => void
  /** The phone's own printing, which knows other printers. */
  onPrintHere: () => void
}) {
  const { receipt, onClose, onShare, onPrintHere } = props
  const { phone } = useScreen()
  const t = useT('receipt')
  const collector = useT('collector')
  const paperOf = usePaper(receipt)
  const [width, setWidth] = useState<PaperWidth>(() => readPrinter().width)
  const [step, setStep] = useState<Step>({
    kind: 'ready',
    trouble: bluetooth() ? null : 'no_bluetooth_here',
  })
  const isBusy = useRef(false)
  const { paymentId } = receipt
  const printed = useLive(
    useCallback(() => countPrints(phone, paymentId), [phone, paymentId]),
    [phone, paymentId],
  )
  const known = readPrinter().name
  const name = known ?? t('print.unnamed')

  async function print(findDevice: () => Promise<Device | null>) {
    if (isBusy.current) return
    isBusy.current = true
    try {
      const device = await findDevice()
      if (!device) return setStep({ kind: 'ready', trouble: null })
      setStep({ kind: 'connecting' })
      const copy = await countPrints(phone, paymentId)
      const bytes = printerBytes(paperOf(copy), readPrinter().width)
      await send(bluetooth(), device, bytes, {
        onConnected: () => setStep({ kind: 'printing' }),
        beforeLast: () => recordPrint(phone, { id: phone.newId(), paymentId, copy }),
      })
      setStep({ kind: 'printed', copy })
    } catch (error) {
      const trouble = error instanceof PrinterFailure ? error.trouble : 'not_counted'
      if (trouble === 'not_counted') console.error(error)
      setStep({ kind: 'ready', trouble })
    } finally {
      isBusy.current = false
    }
  }

  // A paper that was never printed starts by itself where the printer is known: the tap on “Print” was the wish.
  const isStarted = useRef(false)
  useEffect(() => {
    if (isStarted.current || printed !== 0 || !bluetooth()) return
    isStarted.current = true
    void print(printerOfLastTime)
  })

  const isWorking = step.kind === 'connecting' || step.kind === 'printing'
  const trouble = step.kind === 'ready' ? step.trouble : null
  const canPrint = bluetooth() !== null

  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title={t('print.title')}>
      <div className="flex flex-col gap-4">
        {step.kind === 'printed' ? (
          <p role="status" className="flex items-center gap-2.5 font-medium text-success">
            <CircleCheck className="size-6 shrink-0" aria-hidden="true" />
            {t(step.copy > 0 ? 'print.printed_copy' : 'print.printed', { name })}
          </p>
        ) : null}
        {isWorking ? (
          <div role="status">
            <Progress
              label={t(step.kind === 'printing' ? 'print.printing' : 'print.connecting', { name })}
            />
          </div>
        ) : null}
        {trouble ? <Banner kind="warn">{t(`trouble.${trouble}`)}</Banner> : null}

        {!isWorking && canPrint ? (
          <>
            {known || trouble ? null : <p className="text-soft">{t('print.first')}</p>}
            {step.kind === 'ready' && printed ? (
              <p className="text-soft">
                {t('print.next_is_copy', {
                  mark: collector('receipt.copy_number', { number: printed }),
                })}
              </p>
            ) : null}
            <Segmented
              label={t('print.width')}
              value={String(width) as '58' | '80'}
              options={[
                { value: '58', label: t('print.width_58') },
                { value: '80', label: t('print.width_80') },
              ]}
              onChange={(value) => {
                const chosen = value === '58' ? 58 : 80
                setWidth(chosen)
                keepWidth(chosen)
              }}
            />
            {step.kind === 'printed' ? (
              <>
                <Button variant="primary" size="large" wide onClick={onClose}>
                  {t('print.done')}
                </Button>
                <Button size="large" wide icon={<Printer />} onClick={() => void again()}>
                  {t('print.copy')}
                </Button>
              </>
            ) : (
              <Button
                variant="primary"
                size="large"
                wide
                icon={<Printer />}
                onClick={() => void again()}
              >
                {trouble && known
                  ? t('print.again')
                  : known
                    ? t('print.on', { name: known })
                    : t('print.choose')}
              </Button>
            )}
            {known ? (
              <Button size="large" wide onClick={() => void print(() => askForPrinter(true))}>
                {t('print.other')}
              </Button>
            ) : null}
          </>
        ) : null}

        {isWorking || step.kind === 'printed' ? null : (
          <>
            <Button
              variant={canPrint ? 'quiet' : 'primary'}
              size="large"
              wide
              icon={<Share2 />}
              onClick={onShare}
            >
              {t('print.share')}
            </Button>
            <Button variant="quiet" size="large" wide onClick={onPrintHere}>
              {t('print.here')}
            </Button>
          </>
        )}
      </div>
    </Dialog>
  )

  function again() {
    return print(async () => (await printerOfLastTime()) ?? askForPrinter(false))
  }
}
