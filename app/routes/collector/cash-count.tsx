import { useNavigate } from '@remix-run/react'
import { useCallback, useEffect, useRef, useState } from 'react'
import { sumOfPieces } from '~/domain/cash'
import {
  beginCount,
  giveUpCount,
  handIn,
  keepCount,
  type OpenCount,
  takenSince,
} from '~/offline/remit'
import { Banner } from '~/ui/base/banner'
import { Button } from '~/ui/base/button'
import { Dialog, DialogClose } from '~/ui/base/dialog'
import { toast } from '~/ui/base/toast'
import { CashCount, CountedSum } from '~/ui/cash/cash-count'
import { formatMoney, shortMoney } from '~/i18n/format'
import { useT } from '~/i18n/use-t'
import { holdUpdates } from '~/ui/layout/app-updates'
import { PhoneComing } from '~/ui/layout/phone-coming'
import { PhoneHeader } from '~/ui/layout/phone-shell'
import { useLive, useScreen } from './screen'
import { ignoreSecondTap } from './second-tap'

/** Counting the cash at the end of the day, with no sum in sight. It is kept pile by pile, and handed in once. */
export default function CountCash() {
  const { phone } = useScreen()
  const t = useT('cash')
  const common = useT('common')
  const navigate = useNavigate()
  const { currency } = phone.profile
  const [count, setCount] = useState<OpenCount | null>(null)
  const [isAsking, setAsking] = useState(false)
  const [hasFailed, setFailed] = useState(false)
  const [isSaving, setSaving] = useState(false)
  const isBusy = useRef(false)

  useEffect(() => holdUpdates(), [])
  useEffect(() => {
    void beginCount(phone).then(setCount)
  }, [phone])

  const since = useLive(
    useCallback(async () => (count ? takenSince(phone, count) : 0), [phone, count]),
    [phone, count],
  )

  if (count === null) return <PhoneComing rows={8} />
  const total = sumOfPieces(count.pieces)

  async function submit(counted: OpenCount) {
    if (isBusy.current) return
    isBusy.current = true
    setSaving(true)
    try {
      await handIn(phone, counted)
      toast.success(t('hand_in.done', { amount: shortMoney(total, currency) }))
      ignoreSecondTap()
      navigate('/collector/cash', { replace: true })
    } catch {
      isBusy.current = false
      setSaving(false)
      setAsking(false)
      setFailed(true)
    }
  }

  async function giveUp() {
    await giveUpCount(phone)
    navigate('/collector/today', { replace: true })
  }

  return (
    <div className="flex flex-1 flex-col">
      <PhoneHeader
        title={t('hand_in.title')}
        lead={t('hand_in.lead')}
        back={{ to: '/collector/today', label: common('back') }}
      />
      {hasFailed ? (
        <Banner kind="danger" className="mb-3">
          {t('hand_in.failed')}
        </Banner>
      ) : null}
      {since ? (
        <Banner kind="warn" className="mb-3">
          {t('hand_in.taken_since', { count: since })}
        </Banner>
      ) : null}
      <CashCount
        pieces={count.pieces}
        currency={currency}
        disabled={isSaving}
        onPieces={(pieces) => {
          const next = { ...count, pieces }
          setCount(next)
          void keepCount(phone, next)
        }}
      />
      <Button variant="quiet" wide className="mt-4" onClick={() => void giveUp()}>
        {t('hand_in.give_up')}
      </Button>

      {/* The sum stays in sight while the piles scroll. */}
      <div className="safe-bottom sticky bottom-0 z-10 -mx-4 mt-auto -mb-4 border-t border-line bg-canvas px-4 pt-2">
        <div className="pb-3">
          <CountedSum pieces={count.pieces} currency={currency} />
          <Dialog
            title={t('hand_in.confirm_title', { amount: formatMoney(total, currency) })}
            lead={t('hand_in.confirm_lead')}
            open={isAsking}
            onOpenChange={setAsking}
            trigger={
              <Button variant="primary" size="large" wide className="mt-2">
                {t('hand_in.submit', { amount: shortMoney(total, currency) })}
              </Button>
            }
            actions={
              <>
                <DialogClose>
                  <Button variant="quiet">{t('hand_in.again')}</Button>
                </DialogClose>
                <Button variant="primary" busy={isSaving} onClick={() => void submit(count)}>
                  {t('hand_in.confirm')}
                </Button>
              </>
            }
          />
        </div>
      </div>
    </div>
  )
}
