import { useT } from '~/i18n/use-t'
import { Field } from '~/ui/base/field'
import { TextArea } from '~/ui/base/text-input'

/** The reason every correction needs. */
export function WhyField(props: {
  errors: (name: string) => Array<string> | null
  hint?: string
  autoFocus?: boolean
}) {
  const t = useT('corrections')
  return (
    <Field
      label={t('why')}
      hint={props.hint ?? t('why_hint')}
      error={props.errors('reason')}
      required
    >
      <TextArea name="reason" maxLength={300} autoFocus={props.autoFocus ?? true} />
    </Field>
  )
}
