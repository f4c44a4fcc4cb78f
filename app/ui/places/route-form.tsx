import { getFormProps, getInputProps, useForm, type SubmissionResult } from '@conform-to/react'
import { parseWithZod } from '@conform-to/zod/v4'
import { Form } from '@remix-run/react'
import { saveRoute } from '~/commands/save-route'
import { useT } from '~/i18n/use-t'
import { SubmitButton } from '~/ui/base/button'
import { Field } from '~/ui/base/field'
import { Select } from '~/ui/base/select'
import { TextInput } from '~/ui/base/text-input'
import { FormRefusal } from '~/ui/office/form-refusal'

export function RouteForm(props: {
  id: string
  route?: { name: string; collector_id: string | null }
  collectors: ReadonlyArray<{ id: string; full_name: string }>
  reply: SubmissionResult | undefined
  submit: string
}) {
  const { id, route, collectors, reply, submit } = props
  const t = useT('settings')
  const [form, fields] = useForm({
    id: 'route',
    lastResult: reply?.status === 'success' ? undefined : reply,
    onValidate: ({ formData }) => parseWithZod(formData, { schema: saveRoute.input }),
    shouldValidate: 'onBlur',
    shouldRevalidate: 'onInput',
    defaultValue: route,
  })

  return (
    <Form method="post" {...getFormProps(form)} className="flex flex-col gap-4">
      <FormRefusal errors={form.errors} />
      <input type="hidden" name="id" value={id} />
      <Field label={t('staff.name')} error={fields.name.errors} id={fields.name.id}>
        <TextInput
          {...getInputProps(fields.name, { type: 'text' })}
          key={fields.name.key}
          autoComplete="off"
        />
      </Field>
      <Field
        label={t('routes.collector')}
        optional
        error={fields.collector_id.errors}
        id={fields.collector_id.id}
      >
        <Select
          name="collector_id"
          defaultValue={route?.collector_id ?? ''}
          placeholder={t('routes.nobody')}
          options={collectors.map((member) => ({ value: member.id, label: member.full_name }))}
        />
      </Field>
      <div className="flex justify-end">
        <SubmitButton name="intent" value="save">
          {submit}
        </SubmitButton>
      </div>
    </Form>
  )
}
