import { useCallback, useEffect, useState } from 'react'
import { readMeta } from '~/offline/database'
import { readMirror } from '~/offline/mirror'
import { changePin } from '~/offline/pin'
import { leave } from '~/offline/ready'
import { totals } from '~/offline/limits'
import { Button } from '~/ui/base/button'
import { Card } from '~/ui/base/card'
import { Dialog } from '~/ui/base/dialog'
import { KeyValue } from '~/ui/base/key-value'
import { toast } from '~/ui/base/toast'
import { formatCount } from '~/i18n/format'
import { useT } from '~/i18n/use-t'
import { HandOver } from '~/ui/collector/hand-over'
import { LanguagePicker } from '~/ui/layout/language-picker'
import { PhoneHeader } from '~/ui/layout/phone-shell'
import { ThemePicker } from '~/ui/layout/theme-picker'
import { useNewPin } from './lock-screen'
import { PinInput } from './pin-input'
import { useLive, useQueue, useScreen, useSyncStatus } from './screen'

export default function CollectorSettings() {
  const { phone } = useScreen()
  const t = useT('collector')
  const common = useT('common')
  const { profile } = phone
  const queue = useQueue(phone)
  const facts = useLive(
    useCallback(async () => {
      const [sums, device, { subscribers }] = await Promise.all([
        totals(phone),
        readMeta<{ code?: string }>(phone.db, 'device'),
        readMirror(phone),
      ])
      return { sums, code: device?.code ?? null, subscribers: subscribers.size }
    }, [phone]),
    [phone],
  )

  return (
    <>
      <PhoneHeader title={t('settings.title')} />
      <div className="flex flex-col gap-4">
        <Card>
          <KeyValue
            items={[
              { key: t('settings.who'), value: profile.full_name || profile.email },
              { key: t('settings.isp'), value: profile.trade_name },
              { key: t('settings.device'), value: facts?.code ?? t('settings.device_none') },
              {
                key: t('settings.numbers'),
                value: <Count count={facts?.sums.receiptsLeft} />,
              },
              { key: t('settings.subscribers'), value: <Count count={facts?.subscribers} /> },
              { key: t('settings.unsent'), value: <Count count={facts?.sums.unsentCount} /> },
            ]}
          />
        </Card>
        {queue ? (
          <Card title={t('settings.unsent')}>
            <HandOver queue={queue} />
          </Card>
        ) : null}
        <Pin />
        <SafeStorage />
        <Card title={common('language')}>
          <LanguagePicker />
        </Card>
        <Card title={common('theme')}>
          <ThemePicker />
        </Card>
        <SignOut />
      </div>
    </>
  )
}

function Count({ count }: { count: number | undefined }) {
  return <span className="tabular">{count === undefined ? '—' : formatCount(count)}</span>
}

function Pin() {
  const { phone, lock } = useScreen()
  const t = useT('collector')
  const [isOpen, setOpen] = useState(false)
  const [before, setBefore] = useState('')
  const [problem, setProblem] = useState<string | null>(null)
  const [isBusy, setBusy] = useState(false)
  const chosen = useNewPin()

  async function change() {
    const pin = chosen.checked()
    if (!pin) return
    setBusy(true)
    const isChanged = await changePin(phone.db, before, pin)
    setBusy(false)
    setProblem(isChanged ? null : t('lock.wrong'))
    if (!isChanged) return
    setOpen(false)
    toast.success(t('settings.pin_changed'))
  }

  return (
    <Card title={t('settings.pin')}>
      <div className="flex flex-wrap gap-3">
        <Button onClick={lock}>{t('settings.lock_now')}</Button>
        <Button onClick={() => setOpen(true)}>{t('settings.pin_change')}</Button>
      </div>
      <Dialog open={isOpen} onOpenChange={setOpen} title={t('settings.pin_change')}>
        <form
          className="flex flex-col gap-4"
          onSubmit={(event) => {
            event.preventDefault()
            void change()
          }}
        >
          <PinInput
            label={t('settings.pin_now')}
            value={before}
            error={problem}
            onValue={setBefore}
          />
          {chosen.fields(null)}
          <Button type="submit" variant="primary" size="large" wide busy={isBusy}>
            {t('settings.pin_change')}
          </Button>
        </form>
      </Dialog>
    </Card>
  )
}

/** Whether the phone may throw away what is stored when it runs full. */
function SafeStorage() {
  const t = useT('collector')
  const [isSafe, setSafe] = useState<boolean | null>(null)

  useEffect(() => {
    if (!('storage' in navigator)) return
    void navigator.storage.persisted().then(setSafe)
  }, [])

  if (isSafe === null) return null
  return (
    <Card title={t('settings.storage')}>
      <p className={isSafe ? 'text-success' : 'text-warn'}>
        {t(isSafe ? 'settings.storage_yes' : 'settings.storage_no')}
      </p>
      {isSafe ? null : (
        <Button className="mt-3" onClick={() => void navigator.storage.persist().then(setSafe)}>
          {t('settings.storage_ask')}
        </Button>
      )}
    </Card>
  )
}

/** Never loses the queue, and says so before it lets go. */
function SignOut() {
  const { phone, sync } = useScreen()
  const t = useT('collector')
  const status = useSyncStatus(sync)
  const [isAsking, setAsking] = useState(false)
  const [isBusy, setBusy] = useState(false)

  async function signOut() {
    setBusy(true)
    try {
      const response = await fetch('/sign-out', { method: 'POST', credentials: 'same-origin' })
      if (!response.ok) throw new Error(`Signing out was answered with ${response.status}`)
    } catch {
      setBusy(false)
      setAsking(false)
      toast.error(t(navigator.onLine ? 'settings.signing_out_failed' : 'settings.sign_out_offline'))
      return
    }
    await leave({ phone, sync })
    window.location.assign(`/sign-in?to=${encodeURIComponent('/collector')}`)
  }

  return (
    <>
      <Button
        size="large"
        wide
        busy={isBusy}
        onClick={() => (status.unsent > 0 ? setAsking(true) : void signOut())}
      >
        {t('settings.sign_out')}
      </Button>
      <Dialog
        open={isAsking}
        onOpenChange={setAsking}
        title={t('settings.leave.title')}
        lead={t('settings.leave.body', { count: status.unsent })}
      >
        <div className="flex flex-col gap-3">
          <Button
            variant="primary"
            size="large"
            wide
            busy={status.state === 'sending'}
            onClick={() => void sync.now().then((after) => after.unsent === 0 && setAsking(false))}
          >
            {t('settings.leave.send')}
          </Button>
          <Button
            size="large"
            wide
            className="h-auto! min-h-14 py-3 whitespace-normal!"
            busy={isBusy}
            onClick={() => void signOut()}
          >
            {t('settings.leave.anyway')}
          </Button>
        </div>
      </Dialog>
    </>
  )
}
