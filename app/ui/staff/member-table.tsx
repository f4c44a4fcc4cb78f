import { formatDay } from '~/i18n/format'
import { civilDay } from '~/domain/calendar'
import { useT } from '~/i18n/use-t'
import { Avatar } from '~/ui/base/avatar'
import { StatusBadge } from '~/ui/base/badge'
import { EmptyState } from '~/ui/base/empty-state'
import { Table } from '~/ui/base/table'
import { useOffice } from '~/ui/office/office-context'
import { ChangeRoleDialog, ReinstateDialog, RevokeDialog } from './member-dialogs'
import type { Member, Role } from '~/domain/staff'

export function MemberTable(props: {
  members: ReadonlyArray<Member>
  roles: ReadonlyArray<Role>
  ownId: string
}) {
  const { members, roles, ownId } = props
  const { can, time_zone } = useOffice()
  const t = useT('settings')

  return (
    <Table
      caption={t('staff.title')}
      rows={members}
      rowKey={(member) => member.id}
      isSticky={false}
      empty={<EmptyState title={t('none_fit')} />}
      columns={[
        {
          key: 'name',
          header: t('staff.name'),
          sort: 'full_name',
          cell: (member) => (
            <span className="flex items-center gap-2.5">
              <Avatar name={member.full_name} className="max-sm:hidden" />
              <span className="font-medium">{member.full_name}</span>
              {member.id === ownId ? <span className="text-faint">{t('staff.you')}</span> : null}
            </span>
          ),
        },
        {
          key: 'role',
          header: t('staff.role'),
          sort: 'role_name',
          cell: (member) => member.role_name,
        },
        {
          key: 'joined',
          header: t('staff.joined'),
          sort: 'joined_at',
          isMinor: true,
          isNarrow: true,
          cell: (member) => (
            <span className="tabular text-soft">
              {formatDay(civilDay(member.joined_at, time_zone))}
            </span>
          ),
        },
        {
          key: 'status',
          header: t('staff.status'),
          sort: 'status',
          cell: (member) => (
            <StatusBadge tone={member.status === 'active' ? 'success' : 'danger'}>
              {member.status === 'active' ? t('staff.active') : t('staff.revoked')}
            </StatusBadge>
          ),
        },
        {
          key: 'actions',
          header: <span className="sr-only">{t('staff.actions')}</span>,
          align: 'right',
          cell: (member) =>
            !can('members.manage') || member.id === ownId ? null : (
              <span className="inline-flex gap-2">
                {member.status === 'active' ? (
                  <>
                    <ChangeRoleDialog member={member} roles={roles} />
                    <RevokeDialog member={member} />
                  </>
                ) : (
                  <ReinstateDialog member={member} />
                )}
              </span>
            ),
        },
      ]}
    />
  )
}
