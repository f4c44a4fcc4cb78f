import { useState } from 'react'
import type { Phone } from '~/offline/phone'
import { leave } from '~/offline/ready'
import type { Sync, SyncStatus } from '~/offline/sync'
import { Button, LinkButton } from '~/ui/base/button'
import { useT } from '~/i18n/use-t'

/** The phone knows its person; the server, just now, does not. The work goes on, and this says what to do. */
export function SessionBanner(props: { phone: Phone; sync: Sync; status: SyncStatus }) {
  const { phone, sync, status } = props
  const t = useT('collector')
  const [isLeaving, setLeaving] = useState(false)
  const name = phone.profile.full_name

  if (status.state === 'signed_out') {
    return (
      <Strip text={t('session.body', { name })}>
        <LinkButton
          reloadDocument
          to={`/sign-in?to=${encodeURIComponent('/collector')}`}
          variant="primary"
        >
          {t('session.title')}
        </LinkButton>
      </Strip>
    )
  }
  if (status.state === 'other_person') {
    return (
      <Strip text={t('session.other_body', { name })}>
        <Button
          busy={isLeaving}
          onClick={() => {
            setLeaving(true)
            void leave({ phone, sync }).then(() => window.location.assign('/collector'))
          }}
        >
          {t('session.other_open')}
        </Button>
      </Strip>
    )
  }
  if (status.state === 'refused' && status.refusedReason === 'device_pending') {
    return (
      <Strip text={t('waiting.banner')}>
        <Button onClick={() => void sync.now()}>{t('waiting.look')}</Button>
      </Strip>
    )
  }
  if (status.state === 'refused' && status.refusedReason !== 'phone_storage') {
    return (
      <Strip
        text={t(status.refusedReason === 'app_too_old' ? 'session.too_old' : 'session.refused')}
      >
        <Button onClick={() => window.location.reload()}>{t('session.reload')}</Button>
      </Strip>
    )
  }
  if (status.state === 'refused') {
    return (
      <Strip text={t('damage.storage')}>
        <Button onClick={() => window.location.reload()}>{t('session.reload')}</Button>
      </Strip>
    )
  }
  if (status.isTorn) {
    return (
      <Strip text={t('damage.mirror')}>
        <Button onClick={() => void sync.now()}>{t('damage.fetch')}</Button>
      </Strip>
    )
  }
  if (status.damaged > 0) {
    return <Strip text={t('damage.entries', { count: status.damaged })} />
  }
  return null
}

function Strip({ text, children }: { text: string; children?: React.ReactNode }) {
  return (
    <div
      role="status"
      className="-mx-4 -mt-4 mb-4 border-b border-warn-line bg-warn-soft print:hidden"
    >
      <div className="mx-auto flex max-w-2xl flex-wrap items-center gap-x-3 gap-y-2 px-4 py-2.5">
        <p className="min-w-56 flex-1 text-sm">{text}</p>
        {children}
      </div>
    </div>
  )
}
