import { getFormProps, getInputProps, useForm, type SubmissionResult } from '@conform-to/react'
import { parseWithZod } from '@conform-to/zod/v4'
import { Form } from '@remix-run/react'
import { saveRole } from '~/commands/save-role'
import { useT } from '~/i18n/use-t'
import { Banner } from '~/ui/base/banner'
import { LinkButton, SubmitButton } from '~/ui/base/button'
import { Card } from '~/ui/base/card'
import { Checkbox, RadioGroup } from '~/ui/base/choices'
import { Field, FieldGroup } from '~/ui/base/field'
import { FormActions } from '~/ui/base/form'
import { TextInput } from '~/ui/base/text-input'
import { FormRefusal } from '~/ui/office/form-refusal'
import { useOffice } from '~/ui/office/office-context'
import type { Permission, Role } from '~/domain/staff'

export function RoleForm(props: {
  id: string
  role: Role | null
  permissions: ReadonlyArray<Permission>
  /** What the person who edits holds; more than that cannot be given. */
  held: ReadonlyArray<string>
  reply: SubmissionResult | undefined
}) {
  const { id, role, permissions, held, reply } = props
  const { can } = useOffice()
  const t = useT('settings')
  const [form, fields] = useForm({
    id: 'role',
    lastResult: reply,
    onValidate: ({ formData }) => parseWithZod(formData, { schema: saveRole.input }),
    shouldValidate: 'onBlur',
    shouldRevalidate: 'onInput',
    defaultValue: role ? { name: role.name, home: role.home } : { home: 'office' },
  })
  const isOpen = can('roles.manage') && !role?.is_owner
  const categories = [...new Set(permissions.map((permission) => permission.category))]

  return (
    <Form method="post" {...getFormProps(form)} className="max-w-3xl">
      <FormRefusal errors={form.errors} />
      {role?.is_owner ? <Banner className="mb-5">{t('roles.owner')}</Banner> : null}
      <input type="hidden" name="id" value={id} />
      <fieldset disabled={!isOpen} className="contents">
        <Card>
          <div className="flex flex-col gap-5">
            <Field
              label={t('staff.name')}
              error={fields.name.errors}
              id={fields.name.id}
              className="max-w-80"
            >
              <TextInput
                {...getInputProps(fields.name, { type: 'text' })}
                key={fields.name.key}
                autoComplete="off"
              />
            </Field>
            <RadioGroup
              legend={t('roles.home')}
              name="home"
              defaultValue={fields.home.initialValue ?? 'office'}
              options={(['office', 'collector', 'technician'] as const).map((home) => ({
                value: home,
                label: t(`home.${home}`),
              }))}
            />
            <div className="grid gap-x-8 gap-y-5 border-t border-line pt-5 sm:grid-cols-2">
              {categories.map((category) => (
                <FieldGroup key={category} legend={category}>
                  {permissions
                    .filter((permission) => permission.category === category)
                    .map((permission) => (
                      <Checkbox
                        key={permission.name}
                        name="permissions"
                        value={permission.name}
                        defaultChecked={
                          role?.is_owner || role?.permissions.includes(permission.name)
                        }
                        disabled={!held.includes(permission.name)}
                        label={permission.label}
                      />
                    ))}
                </FieldGroup>
              ))}
            </div>
          </div>
        </Card>
      </fieldset>
      <FormActions>
        <LinkButton variant="quiet" to="/office/settings/roles">
          {t('back')}
        </LinkButton>
        {isOpen ? <SubmitButton>{role ? t('roles.save') : t('roles.create')}</SubmitButton> : null}
      </FormActions>
    </Form>
  )
}
