import { formatMoney } from '~/i18n/format'
import { useT } from '~/i18n/use-t'
import { Button } from '~/ui/base/button'
import { Field } from '~/ui/base/field'
import { TextArea } from '~/ui/base/text-input'
import { CommandDialog } from '~/ui/office/command-dialog'
import { useOffice } from '~/ui/office/office-context'

type Undecided = { id: string; collector_name: string; variance_minor: number | null }

/** A third person's word: the difference stays with whom it belongs, in the books. */
export function AcceptDifference({ remittance }: { remittance: Undecided }) {
  const t = useT('custody')
  const { currency } = useOffice()
  const variance = remittance.variance_minor ?? 0
  const amount = formatMoney(Math.abs(variance), currency)
  return (
    <CommandDialog
      trigger={<Button variant="primary">{t('decide.accept')}</Button>}
      title={t('decide.accept')}
      lead={
        variance < 0
          ? t('decide.accept_short', { amount, name: remittance.collector_name })
          : t('decide.accept_over', { amount })
      }
      action={`/office/collections/remittances/${remittance.id}`}
      intent="approve"
      submit={t('decide.accept')}
      done={t('decide.accepted_toast')}
    >
      {(errors) => (
        <>
          <input type="hidden" name="remittance_id" value={remittance.id} />
          <Field label={t('decide.note')} error={errors('note')} required>
            <TextArea name="note" maxLength={300} autoFocus />
          </Field>
        </>
      )}
    </CommandDialog>
  )
}

/** The cash is with the collector again. */
export function SendBack({ remittance }: { remittance: Undecided }) {
  const t = useT('custody')
  const name = remittance.collector_name
  return (
    <CommandDialog
      trigger={<Button>{t('decide.back')}</Button>}
      title={t('decide.back_title', { name })}
      lead={t('decide.back_lead', { name })}
      action={`/office/collections/remittances/${remittance.id}`}
      intent="reject"
      submit={t('decide.back')}
      submitVariant="danger"
      done={t('decide.back_toast')}
    >
      {(errors) => (
        <>
          <input type="hidden" name="remittance_id" value={remittance.id} />
          <Field label={t('decide.back_why')} error={errors('note')} required>
            <TextArea name="note" maxLength={300} autoFocus />
          </Field>
        </>
      )}
    </CommandDialog>
  )
}
