import { data, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { changeMemberRole } from '~/commands/change-member-role'
import { reinstateMember } from '~/commands/reinstate-member'
import { revokeMember } from '~/commands/revoke-member'
import { withdrawInvitation } from '~/commands/withdraw-invitation'
import { sendCommand } from '~/server/command.server'
import { formOf } from '~/server/form.server'
import { requireMember } from '~/server/guard.server'
import { newId } from '~/server/new-id.server'
import { membersOf, openInvitationsOf, rolesOf } from '~/server/staff.server'
import { useT } from '~/i18n/use-t'
import { Card } from '~/ui/base/card'
import { ListBar } from '~/ui/office/list-bar'
import { useOffice } from '~/ui/office/office-context'
import { InvitationTable } from '~/ui/staff/invitation-table'
import { InviteMemberDialog } from '~/ui/staff/invite-member-dialog'
import { MemberTable } from '~/ui/staff/member-table'

export async function loader({ request }: LoaderFunctionArgs) {
  const { db, me, headers } = await requireMember(request, 'members.read')
  const [members, roles, invitations] = await Promise.all([
    membersOf(db, new URL(request.url).searchParams),
    rolesOf(db),
    openInvitationsOf(db),
  ])
  return data(
    { members, roles, invitations, ownId: me.actor_id, invitationId: newId() },
    { headers },
  )
}

/** What the dialogs of the list send. */
export async function action({ request }: ActionFunctionArgs) {
  const { db, me, headers } = await requireMember(request, 'members.manage')
  const form = await formOf(request, me)

  async function send() {
    switch (form.get('intent')) {
      case 'change_role':
        return sendCommand(form, changeMemberRole.input, (input) =>
          db.rpc(changeMemberRole.name, input),
        )
      case 'revoke':
        return sendCommand(form, revokeMember.input, (input) => db.rpc(revokeMember.name, input))
      case 'reinstate':
        return sendCommand(form, reinstateMember.input, (input) =>
          db.rpc(reinstateMember.name, input),
        )
      case 'withdraw':
        return sendCommand(form, withdrawInvitation.input, (input) =>
          db.rpc(withdrawInvitation.name, input),
        )
      default:
        throw new Response(null, { status: 400 })
    }
  }

  const answer = await send()
  return data(answer.reply, { status: answer.ok ? 200 : 409, headers })
}

export default function Staff() {
  const { members, roles, invitations, ownId, invitationId } = useLoaderData<typeof loader>()
  const { can } = useOffice()
  const t = useT('settings')

  return (
    <div className="flex flex-col gap-5">
      <Card
        title={t('staff.title')}
        lead={t('staff.lead')}
        actions={
          can('members.manage') ? (
            <InviteMemberDialog invitationId={invitationId} roles={roles} />
          ) : undefined
        }
        flush
      >
        <ListBar
          list="staff"
          search={{ label: t('staff.search') }}
          filters={[
            {
              name: 'status',
              label: t('staff.status'),
              options: [
                { value: 'active', label: t('staff.active') },
                { value: 'revoked', label: t('staff.revoked') },
              ],
            },
          ]}
        />
        <MemberTable members={members} roles={roles} ownId={ownId} />
      </Card>
      {invitations.length > 0 ? (
        <Card title={t('invitation.open')} flush>
          <InvitationTable invitations={invitations} />
        </Card>
      ) : null}
    </div>
  )
}
