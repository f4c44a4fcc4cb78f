import type { SubmissionResult } from '@conform-to/react'
import { useFetcher } from '@remix-run/react'
import { UserPlus } from 'lucide-react'
import { useRef, useState } from 'react'
import { useT } from '~/i18n/use-t'
import { Button } from '~/ui/base/button'
import { Dialog } from '~/ui/base/dialog'
import { Field } from '~/ui/base/field'
import { useFocusFirstError } from '~/ui/base/form'
import { Select } from '~/ui/base/select'
import { TextInput } from '~/ui/base/text-input'
import { FormRefusal } from '~/ui/office/form-refusal'
import { InvitationLink, type MadeInvitation } from './invitation-link'
import type { Role } from '~/domain/staff'

type Answer = { reply: SubmissionResult; invitation: MadeInvitation | null }

/** Invites one person by a link, which is shown once. */
export function InviteMemberDialog({
  invitationId,
  roles,
}: {
  invitationId: string
  roles: ReadonlyArray<Role>
}) {
  const [isOpen, setOpen] = useState(false)
  const t = useT('settings')
  return (
    <Dialog
      title={t('invite.title')}
      lead={t('invite.lead')}
      open={isOpen}
      onOpenChange={setOpen}
      trigger={
        <Button variant="primary" icon={<UserPlus />}>
          {t('invite.title')}
        </Button>
      }
    >
      <InviteForm invitationId={invitationId} roles={roles} />
    </Dialog>
  )
}

function InviteForm({ invitationId, roles }: { invitationId: string; roles: ReadonlyArray<Role> }) {
  const fetcher = useFetcher<Answer>()
  const form = useRef<HTMLFormElement>(null)
  const t = useT('settings')
  const errors = fetcher.data?.reply.error
  useFocusFirstError(form, fetcher.data)

  if (fetcher.data?.invitation) return <InvitationLink invitation={fetcher.data.invitation} />

  return (
    <fetcher.Form ref={form} method="post" action="/office/settings/staff/invite" noValidate>
      <input type="hidden" name="id" value={invitationId} />
      <FormRefusal errors={errors?.['']} />
      <div className="flex flex-col gap-4">
        <Field label={t('staff.name')} error={errors?.full_name}>
          <TextInput name="full_name" autoComplete="off" />
        </Field>
        <Field label={t('staff.role')} error={errors?.role_id}>
          <Select
            name="role_id"
            placeholder={t('invite.choose_role')}
            options={roles.map((role) => ({ value: role.id, label: role.name }))}
          />
        </Field>
        <Field label={t('isp.email')} optional hint={t('invite.email_hint')} error={errors?.email}>
          <TextInput name="email" type="email" autoComplete="off" />
        </Field>
      </div>
      <div className="mt-6 flex justify-end">
        <Button type="submit" variant="primary" busy={fetcher.state !== 'idle'}>
          {t('invite.make')}
        </Button>
      </div>
    </fetcher.Form>
  )
}
