import { data, type LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { Plus } from 'lucide-react'
import { useT } from '~/i18n/use-t'
import { requireMember } from '~/server/guard.server'
import { rolesOf } from '~/server/staff.server'
import { LinkButton } from '~/ui/base/button'
import { Card } from '~/ui/base/card'
import { EmptyState } from '~/ui/base/empty-state'
import { Table } from '~/ui/base/table'
import { ListBar } from '~/ui/office/list-bar'
import { useOffice } from '~/ui/office/office-context'

export async function loader({ request }: LoaderFunctionArgs) {
  const { db, headers } = await requireMember(request, 'members.read')
  const { searchParams } = new URL(request.url)
  return data({ roles: await rolesOf(db, searchParams) }, { headers })
}

export default function Roles() {
  const { roles } = useLoaderData<typeof loader>()
  const { can } = useOffice()
  const t = useT('settings')

  return (
    <Card
      title={t('roles.title')}
      lead={t('roles.lead')}
      actions={
        can('roles.manage') ? (
          <LinkButton variant="primary" icon={<Plus />} to="/office/settings/roles/new">
            {t('roles.add')}
          </LinkButton>
        ) : undefined
      }
      flush
    >
      <ListBar list="roles" search={{ label: t('roles.search') }} />
      <Table
        caption={t('roles.title')}
        rows={roles}
        rowKey={(role) => role.id}
        rowHref={(role) => `/office/settings/roles/${role.id}`}
        isSticky={false}
        empty={<EmptyState title={t('none_fit')} />}
        columns={[
          { key: 'name', header: t('staff.name'), sort: 'name', cell: (role) => role.name },
          {
            key: 'home',
            header: t('roles.home'),
            sort: 'home',
            cell: (role) => t(`home.${role.home}`),
          },
          {
            key: 'permissions',
            header: t('roles.permissions'),
            align: 'right',
            cell: (role) =>
              role.is_owner ? (
                t('roles.everything')
              ) : (
                <span className="tabular">{role.permissions.length}</span>
              ),
          },
        ]}
      />
    </Card>
  )
}
