import { formatInstant } from '~/i18n/format'
import { useT } from '~/i18n/use-t'
import { Banner } from '~/ui/base/banner'
import { CopyButton } from '~/ui/base/copy-button'
import { QrCode } from '~/ui/base/qr-code'
import { TextInput } from '~/ui/base/text-input'
import { useOffice } from '~/ui/office/office-context'

export type MadeInvitation = {
  url: string
  full_name: string
  expires_at: string
  /** Where the link was mailed to as well. */
  mailed_to: string | null
}

/** The link of an invitation, the only time it can be seen. */
export function InvitationLink({ invitation }: { invitation: MadeInvitation }) {
  const t = useT('settings')
  const { time_zone } = useOffice()
  return (
    <div className="flex flex-col gap-4">
      <Banner kind="success" title={t('invitation.ready', { name: invitation.full_name })}>
        {invitation.mailed_to ? `${t('invitation.mailed', { email: invitation.mailed_to })} ` : ''}
        {t('invitation.once', { until: formatInstant(invitation.expires_at, time_zone) })}
      </Banner>
      <TextInput
        readOnly
        aria-label={t('invitation.link')}
        value={invitation.url}
        onFocus={(event) => event.target.select()}
        after={<CopyButton value={invitation.url} label={t('invitation.copy')} />}
      />
      <div className="flex flex-col items-center gap-2">
        <QrCode value={invitation.url} label={t('invitation.qr')} className="size-44" />
        <p className="text-sm text-faint">{t('invitation.scan')}</p>
      </div>
    </div>
  )
}
