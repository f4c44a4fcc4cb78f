import { useT } from '~/i18n/use-t'
import { Button } from '~/ui/base/button'
import { Field } from '~/ui/base/field'
import { Select } from '~/ui/base/select'
import { TextInput } from '~/ui/base/text-input'
import { CommandDialog } from '~/ui/office/command-dialog'
import type { Member, Role } from '~/domain/staff'

const STAFF = '/office/settings/staff'

export function ChangeRoleDialog({
  member,
  roles,
}: {
  member: Member
  roles: ReadonlyArray<Role>
}) {
  const t = useT('settings')
  return (
    <CommandDialog
      trigger={<Button size="small">{t('staff.change_role')}</Button>}
      title={t('staff.change_role_of', { name: member.full_name })}
      lead={t('staff.change_role_lead')}
      action={STAFF}
      intent="change_role"
      submit={t('staff.change_role')}
      done={t('staff.role_changed')}
    >
      {(errors) => (
        <>
          <input type="hidden" name="member_id" value={member.id} />
          <Field label={t('staff.role')} error={errors('role_id')}>
            <Select
              name="role_id"
              defaultValue={member.role_id}
              options={roles.map((role) => ({ value: role.id, label: role.name }))}
            />
          </Field>
        </>
      )}
    </CommandDialog>
  )
}

export function RevokeDialog({ member }: { member: Member }) {
  const t = useT('settings')
  return (
    <CommandDialog
      trigger={
        <Button size="small" variant="quiet">
          {t('staff.revoke')}
        </Button>
      }
      title={t('staff.revoke_title', { name: member.full_name })}
      lead={t('staff.revoke_lead')}
      action={STAFF}
      intent="revoke"
      submit={t('staff.revoke_submit')}
      submitVariant="danger"
      done={t('staff.revoked_done')}
    >
      {(errors) => (
        <>
          <input type="hidden" name="member_id" value={member.id} />
          <Field label={t('staff.why')} hint={t('staff.why_hint')} error={errors('reason')}>
            <TextInput name="reason" autoComplete="off" />
          </Field>
        </>
      )}
    </CommandDialog>
  )
}

export function ReinstateDialog({ member }: { member: Member }) {
  const t = useT('settings')
  return (
    <CommandDialog
      trigger={<Button size="small">{t('staff.reinstate')}</Button>}
      title={t('staff.reinstate_title', { name: member.full_name })}
      lead={t('staff.reinstate_lead', {
        role: member.role_name,
      })}
      action={STAFF}
      intent="reinstate"
      submit={t('staff.reinstate_submit')}
      done={t('staff.reinstated')}
    >
      {() => <input type="hidden" name="member_id" value={member.id} />}
    </CommandDialog>
  )
}
