import { useState } from 'react'
import { useT } from '~/i18n/use-t'
import { Banner } from '~/ui/base/banner'
import { Button } from '~/ui/base/button'
import { Checkbox, RadioGroup } from '~/ui/base/choices'
import { Field, FieldGroup } from '~/ui/base/field'
import { FieldRow } from '~/ui/base/form'
import { Select } from '~/ui/base/select'
import { DateInput, TextInput } from '~/ui/base/text-input'
import { CommandDialog } from '~/ui/office/command-dialog'

type Named = { id: string; name: string }

/** Somebody else walks these routes, for some days or from now on; the phones of both follow. */
export function HandOverDialog(props: {
  collector: { id: string; full_name: string; unsent_count: number }
  routes: ReadonlyArray<Named>
  others: ReadonlyArray<Named>
  loanId: string
  today: string
}) {
  const { collector, routes, others, loanId, today } = props
  const t = useT('collections')
  const oversight = useT('oversight')
  const [isForGood, setForGood] = useState(false)
  const name = collector.full_name

  return (
    <CommandDialog
      trigger={<Button>{t('handover.action')}</Button>}
      title={t('handover.title', { name })}
      lead={t('handover.lead')}
      action={`/office/collections/collectors/${collector.id}`}
      intent={isForGood ? 'hand_over' : 'lend'}
      submit={isForGood ? t('handover.submit') : oversight('loan.submit')}
      done={isForGood ? t('handover.done_toast') : oversight('loan.done_toast')}
    >
      {(errors) => (
        <>
          {collector.unsent_count > 0 ? (
            <Banner kind="warn">
              {t('handover.unsent', { count: collector.unsent_count, name })}
            </Banner>
          ) : null}
          <input type="hidden" name="from_id" value={collector.id} />
          <FieldGroup legend={t('handover.which')} error={errors('route_ids')?.[0]}>
            {routes.map((route) => (
              <Checkbox
                key={route.id}
                name="route_ids"
                value={route.id}
                label={route.name}
                defaultChecked
              />
            ))}
          </FieldGroup>
          <Field label={t('handover.to')} error={errors('to_id')} required>
            <Select
              name="to_id"
              placeholder={t('handover.choose')}
              options={others.map((other) => ({ value: other.id, label: other.name }))}
            />
          </Field>
          <RadioGroup
            legend={oversight('loan.how')}
            name="how"
            value={isForGood ? 'for_good' : 'days'}
            onChange={(how) => setForGood(how === 'for_good')}
            options={[
              { value: 'days', label: oversight('loan.days'), hint: oversight('loan.days_hint') },
              { value: 'for_good', label: oversight('loan.for_good') },
            ]}
          />
          {isForGood ? null : (
            <>
              <input type="hidden" name="id" value={loanId} />
              <FieldRow>
                <Field label={oversight('loan.from')} error={errors('from_on')} required>
                  <DateInput name="from_on" min={today} defaultValue={today} />
                </Field>
                <Field label={oversight('loan.until')} error={errors('until_on')} required>
                  <DateInput name="until_on" min={today} />
                </Field>
              </FieldRow>
              <Field
                label={oversight('loan.reason')}
                hint={oversight('loan.reason_hint')}
                error={errors('reason')}
                optional
              >
                <TextInput name="reason" maxLength={300} />
              </Field>
            </>
          )}
        </>
      )}
    </CommandDialog>
  )
}
