import { formatInstant } from '~/i18n/format'
import { useT } from '~/i18n/use-t'
import { StatusBadge } from '~/ui/base/badge'
import { Button } from '~/ui/base/button'
import { Table } from '~/ui/base/table'
import { CommandDialog } from '~/ui/office/command-dialog'
import { useOffice } from '~/ui/office/office-context'
import type { OpenInvitation } from '~/domain/staff'

export function InvitationTable({ invitations }: { invitations: ReadonlyArray<OpenInvitation> }) {
  const { can, time_zone } = useOffice()
  const t = useT('settings')

  return (
    <Table
      caption={t('invitation.open')}
      rows={invitations}
      rowKey={(invitation) => invitation.id}
      isSticky={false}
      columns={[
        {
          key: 'name',
          header: t('staff.name'),
          cell: (invitation) => (
            <>
              {invitation.full_name}
              {invitation.email ? (
                <span className="block text-xs text-faint">{invitation.email}</span>
              ) : null}
            </>
          ),
        },
        { key: 'role', header: t('staff.role'), cell: (invitation) => invitation.role_name },
        {
          key: 'until',
          header: t('invitation.until'),
          isMinor: true,
          isNarrow: true,
          cell: (invitation) => formatInstant(invitation.expires_at, time_zone),
        },
        {
          key: 'state',
          header: t('staff.status'),
          cell: (invitation) => (
            <StatusBadge tone={invitation.state === 'open' ? 'info' : 'neutral'}>
              {invitation.state === 'open' ? t('invitation.waiting') : t('invitation.expired')}
            </StatusBadge>
          ),
        },
        {
          key: 'actions',
          header: <span className="sr-only">{t('staff.actions')}</span>,
          align: 'right',
          cell: (invitation) =>
            can('members.manage') ? (
              <CommandDialog
                trigger={
                  <Button size="small" variant="quiet">
                    {t('invitation.withdraw')}
                  </Button>
                }
                title={t('invitation.withdraw_title', { name: invitation.full_name })}
                lead={t('invitation.withdraw_lead')}
                action="/office/settings/staff"
                intent="withdraw"
                submit={t('invitation.withdraw_submit')}
                submitVariant="danger"
                done={t('invitation.withdrawn')}
              >
                {() => <input type="hidden" name="invitation_id" value={invitation.id} />}
              </CommandDialog>
            ) : null,
        },
      ]}
    />
  )
}
