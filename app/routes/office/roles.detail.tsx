import { data, redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { saveRole } from '~/commands/save-role'
import { useT } from '~/i18n/use-t'
import { sendCommand } from '~/server/command.server'
import { formOf } from '~/server/form.server'
import { requireMember } from '~/server/guard.server'
import { newId } from '~/server/new-id.server'
import { rolesOf } from '~/server/staff.server'
import { SectionHeader } from '~/ui/base/page-header'
import { RoleForm } from '~/ui/staff/role-form'
import type { Permission } from '~/domain/staff'

/** One role, or with `new` in the address one that does not exist yet. */
export async function loader({ request, params }: LoaderFunctionArgs) {
  const { db, me, headers } = await requireMember(request, 'members.read')
  const [roles, permissions] = await Promise.all([
    rolesOf(db),
    db
      .from('permissions')
      .select('name, category, label')
      .order('position')
      .overrideTypes<Array<Permission>, { merge: false }>()
      .throwOnError(),
  ])
  const isNew = params.roleId === 'new'
  const role = roles.find((one) => one.id === params.roleId)
  if (!role && !isNew) throw data({ reason: 'role_not_found' }, { status: 404, headers })

  return data(
    {
      id: role?.id ?? newId(),
      role: role ?? null,
      permissions: permissions.data,
      held: me.permissions,
    },
    { headers },
  )
}

export async function action({ request }: ActionFunctionArgs) {
  const { db, me, headers } = await requireMember(request, 'roles.manage')
  const answer = await sendCommand(await formOf(request, me), saveRole.input, (role) =>
    db.rpc(saveRole.name, { role }),
  )
  if (!answer.ok) return data(answer.reply, { status: 400, headers })
  return redirect('/office/settings/roles', { headers })
}

export default function EditRole() {
  const { id, role, permissions, held } = useLoaderData<typeof loader>()
  const reply = useActionData<typeof action>()
  const t = useT('settings')

  return (
    <>
      <SectionHeader title={role?.name ?? t('roles.add')} />
      <RoleForm key={id} id={id} role={role} permissions={permissions} held={held} reply={reply} />
    </>
  )
}
