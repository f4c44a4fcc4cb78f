import { useFormat } from '~/i18n/use-format'
import { useT } from '~/i18n/use-t'
import { Button } from '~/ui/base/button'
import { Card } from '~/ui/base/card'
import { Field } from '~/ui/base/field'
import { TextArea } from '~/ui/base/text-input'
import { CommandDialog } from '~/ui/office/command-dialog'
import { useOffice } from '~/ui/office/office-context'

export type PortalLogin = { id: string; email: string | null; created_at: string }

/** Who may look at this subscriber's portal, and the way to end it. */
export function PortalLogins(props: { logins: ReadonlyArray<PortalLogin>; subscriberId: string }) {
  const { logins, subscriberId } = props
  const t = useT('subscribers')
  const format = useFormat()
  const { can, time_zone } = useOffice()
  if (logins.length === 0) return null

  return (
    <Card title={t('login.title')}>
      <ul className="flex flex-col divide-y divide-line">
        {logins.map((login) => (
          <li
            key={login.id}
            className="flex flex-wrap items-center justify-between gap-2 py-2.5 first:pt-0 last:pb-0"
          >
            <span className="min-w-0">
              <span className="block break-all">{login.email ?? t('login.no_email')}</span>
              <span className="block text-sm text-faint">
                {t('login.since', { at: format.instant(login.created_at, time_zone) })}
              </span>
            </span>
            {can('subscribers.manage') ? (
              <RevokeLogin login={login} subscriberId={subscriberId} />
            ) : null}
          </li>
        ))}
      </ul>
    </Card>
  )
}

function RevokeLogin({ login, subscriberId }: { login: PortalLogin; subscriberId: string }) {
  const t = useT('subscribers')
  return (
    <CommandDialog
      trigger={
        <Button size="small" variant="quiet">
          {t('login.revoke')}
        </Button>
      }
      title={t('login.revoke_title')}
      lead={t('login.revoke_lead')}
      action={`/office/subscribers/${subscriberId}/logins`}
      intent="revoke"
      submit={t('login.revoke')}
      submitVariant="danger"
      done={t('login.revoked')}
    >
      {(errors) => (
        <>
          <input type="hidden" name="login_id" value={login.id} />
          <Field label={t('login.why')} error={errors('reason')} required>
            <TextArea name="reason" maxLength={300} autoFocus />
          </Field>
        </>
      )}
    </CommandDialog>
  )
}
