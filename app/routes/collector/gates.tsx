import { useCallback, useEffect, useState } from 'react'
import { CloudOff, HardDrive, LogIn, RouteOff, ShieldX, Smartphone } from 'lucide-react'
import type { OutboxEntry } from '~/offline/database'
import type { Phone } from '~/offline/phone'
import { leave, type LeftQueue, queuesHere } from '~/offline/ready'
import type { Sync, SyncStatus } from '~/offline/sync'
import { unsentEntries } from '~/offline/own-payments'
import { Button, LinkButton } from '~/ui/base/button'
import { Progress } from '~/ui/base/progress'
import { HandOver } from '~/ui/collector/hand-over'
import { NoticePage } from '~/ui/collector/notice-page'
import { UnsentList } from '~/ui/collector/unsent-list'
import { useT } from '~/i18n/use-t'
import { LanguagePicker } from '~/ui/layout/language-picker'
import { unsentItems } from './unsent'
import { useLive, useQueue } from './screen'

/** Nobody is known on this phone yet. */
export function Stranger({ reason }: { reason: string }) {
  const t = useT('collector')
  const common = useT('common')
  const foot = (
    <>
      <LeftQueues />
      <LanguagePicker className="justify-center" />
    </>
  )
  const retry = (
    <Button size="large" wide onClick={() => window.location.reload()}>
      {common('retry')}
    </Button>
  )
  const signIn = (
    <LinkButton
      reloadDocument
      to={`/sign-in?to=${encodeURIComponent('/collector')}`}
      variant="primary"
      size="large"
      wide
    >
      {t('start.sign_in')}
    </LinkButton>
  )

  if (reason === 'offline') {
    return (
      <NoticePage icon={<CloudOff />} title={t(`${noAnswer()}.title`)} actions={retry} foot={foot}>
        <p>{t(`${noAnswer()}.body`)}</p>
      </NoticePage>
    )
  }
  if (reason === 'revoked') {
    return (
      <NoticePage icon={<ShieldX />} title={t('ended.title')} actions={retry} foot={foot}>
        <p>{t('ended.ask')}</p>
      </NoticePage>
    )
  }
  if (reason === 'not_a_collector') {
    return (
      <NoticePage
        icon={<RouteOff />}
        title={t('start.not_collector.title')}
        actions={
          <LinkButton reloadDocument to="/" size="large" wide>
            {common('error.home')}
          </LinkButton>
        }
        foot={foot}
      >
        <p>{t('start.not_collector.body')}</p>
      </NoticePage>
    )
  }
  return (
    <NoticePage icon={<LogIn />} title={t('start.signed_out.title')} actions={signIn} foot={foot}>
      <p>{t('start.signed_out.body')}</p>
    </NoticePage>
  )
}

/** Whoever cannot sign in any more still hands over what they took. */
function LeftQueues() {
  const t = useT('collector')
  const [queues, setQueues] = useState<ReadonlyArray<LeftQueue>>([])
  useEffect(() => {
    void queuesHere().then(setQueues, () => setQueues([]))
  }, [])

  return (
    <div className="mb-6 flex flex-col gap-3 empty:hidden">
      {queues.map((queue) => (
        <HandOver
          key={`${queue.profile.tenant_id}.${queue.profile.user_id}`}
          queue={queue}
          label={t('handover.of', {
            name: queue.profile.full_name,
            isp: queue.profile.trade_name,
            count: queue.unsent,
          })}
        />
      ))}
    </div>
  )
}

/** No signal, or a signal and no office behind it. */
function noAnswer() {
  return navigator.onLine ? ('start.failed' as const) : ('start.offline' as const)
}

export function NoStorage() {
  const t = useT('collector')
  const common = useT('common')
  return (
    <NoticePage
      icon={<HardDrive />}
      title={t('start.storage.title')}
      actions={
        <Button size="large" wide onClick={() => window.location.reload()}>
          {common('retry')}
        </Button>
      }
    >
      <p>{t('start.storage.body')}</p>
    </NoticePage>
  )
}

/** The office decides which phones work for it. Nothing is lost by waiting: the app looks again by itself. */
export function WaitingForOffice({ sync, status }: { sync: Sync; status: SyncStatus }) {
  const t = useT('collector')
  return (
    <NoticePage
      icon={<Smartphone />}
      title={t('waiting.title')}
      actions={
        <Button
          size="large"
          variant="primary"
          wide
          busy={status.state === 'sending'}
          onClick={() => void sync.now()}
        >
          {t('waiting.look')}
        </Button>
      }
      foot={<LanguagePicker className="justify-center" />}
    >
      <p>{t('waiting.body', { code: status.device?.code ?? '' })}</p>
      <p>{t(status.state === 'offline' ? 'waiting.offline' : 'waiting.meanwhile')}</p>
    </NoticePage>
  )
}

/** The one moment that waits for the network: the route has never been on this phone. */
export function FirstPull({ sync, status }: { sync: Sync; status: SyncStatus }) {
  const t = useT('collector')
  const common = useT('common')

  if (status.state === 'offline') {
    return (
      <NoticePage
        icon={<CloudOff />}
        title={t(`${noAnswer()}.title`)}
        actions={
          <Button size="large" wide onClick={() => void sync.now()}>
            {common('retry')}
          </Button>
        }
      >
        <p>{t(`${noAnswer()}.body`)}</p>
      </NoticePage>
    )
  }
  return (
    <NoticePage icon={<RouteOff />} title={t('start.pull.title')}>
      <p>{t('start.pull.body')}</p>
      <Progress label={t('start.pull.count', { count: status.pulledRows })} />
    </NoticePage>
  )
}

/** The office has done with this phone as it was; its person may bring it back as a new one. */
function isOfPhone(reason: string) {
  return reason === 'device_revoked' || reason === 'device_wiped'
}

async function startAnew(phone: Phone, sync: Sync) {
  await leave({ phone, sync })
  await phone.db.delete()
  window.location.assign('/collector')
}

function titleOf(reason: string) {
  if (reason === 'device_wiped') return 'ended.wiped' as const
  return reason === 'device_revoked' ? ('ended.device' as const) : ('ended.title' as const)
}

/** The office said no for good. Nothing is deleted: what was taken can be shown and handed over. */
export function Ended(props: { phone: Phone; sync: Sync; reason: string }) {
  const { phone, sync, reason } = props
  const t = useT('collector')
  const [isShown, setShown] = useState(false)
  const [isChecking, setChecking] = useState(false)
  const entries = useLive(
    useCallback(() => unsentEntries(phone), [phone]),
    [phone],
  )
  const unsent: ReadonlyArray<OutboxEntry> = entries ?? []
  const queue = useQueue(phone)
  const items = useLive(
    useCallback(() => unsentItems(phone), [phone]),
    [phone, entries],
  )

  function safeWords() {
    const payments = unsent.filter((entry) => entry.name === 'record_payment').length
    if (payments > 0) return t('ended.safe', { count: payments })
    return unsent.length > 0 ? t('ended.safe_visits', { count: unsent.length }) : t('ended.none')
  }

  return (
    <NoticePage
      icon={<ShieldX />}
      title={t(titleOf(reason))}
      actions={
        <>
          {unsent.length > 0 ? (
            <>
              <Button size="large" variant="primary" wide onClick={() => setShown(!isShown)}>
                {t(isShown ? 'ended.hide' : 'ended.show')}
              </Button>
              {queue ? <HandOver queue={queue} /> : null}
            </>
          ) : null}
          {isOfPhone(reason) && unsent.length === 0 ? (
            <Button size="large" variant="primary" wide onClick={() => void startAnew(phone, sync)}>
              {t('ended.anew')}
            </Button>
          ) : null}
          <Button
            size="large"
            wide
            busy={isChecking}
            onClick={() => {
              setChecking(true)
              void sync.now().finally(() => setChecking(false))
            }}
          >
            {t('ended.check_again')}
          </Button>
        </>
      }
    >
      <p>{safeWords()}</p>
      {isShown && items ? (
        <UnsentList
          items={items}
          currency={phone.profile.currency}
          timeZone={phone.profile.time_zone}
        />
      ) : null}
    </NoticePage>
  )
}
