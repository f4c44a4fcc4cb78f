import { formatMoney } from '~/i18n/format'
import { useT } from '~/i18n/use-t'
import { Button, LinkButton } from '~/ui/base/button'
import { CommandDialog } from '~/ui/office/command-dialog'
import { useOffice } from '~/ui/office/office-context'
import { WhyField } from './why-field'
import { useCorrectionWords } from './words'

type Invoice = {
  id: string
  number: string
  state: string
  subscriber_id: string
  total_minor: number
  balance_minor: number
  credited_minor: number
  days_past_due: number | null
}

/** What can be put right about an invoice. The database refuses what makes no sense; here only what may is offered. */
export function InvoiceCorrections(props: {
  invoice: Invoice
  correctionId: string
  creditMinor: number
  limitMinor: number | null
  isSaleOfTime: boolean
}) {
  const { invoice, correctionId, creditMinor, limitMinor, isSaleOfTime } = props
  const t = useT('corrections')
  const { hintOf, saidOf } = useCorrectionWords()
  const { can } = useOffice()
  const action = `/office/invoices/${invoice.id}`
  const isStanding = invoice.state === 'open' || invoice.state === 'paid'
  const mayManage = can('invoices.manage') && isStanding
  const ids = (
    <>
      <input type="hidden" name="id" value={correctionId} />
      <input type="hidden" name="invoice_id" value={invoice.id} />
    </>
  )

  return (
    <>
      {mayManage && invoice.credited_minor === 0 && !isSaleOfTime ? (
        <CommandDialog
          trigger={<Button>{t('void.button')}</Button>}
          title={t('void.title', { number: invoice.number })}
          lead={t('void.lead') + hintOf(limitMinor, invoice.total_minor)}
          action={action}
          intent="invoice_void"
          submit={t('void.submit')}
          submitVariant="danger"
          done={saidOf(t('void.done'))}
        >
          {(errors) => (
            <>
              {ids}
              <WhyField errors={errors} />
            </>
          )}
        </CommandDialog>
      ) : null}
      {mayManage && invoice.state === 'open' && (invoice.days_past_due ?? 0) > 0 ? (
        <CommandDialog
          trigger={<Button>{t('write_off.button')}</Button>}
          title={t('write_off.title', { amount: formatMoney(invoice.balance_minor) })}
          lead={t('write_off.lead') + hintOf(limitMinor, invoice.balance_minor)}
          action={action}
          intent="write_off"
          submit={t('write_off.submit', { amount: formatMoney(invoice.balance_minor) })}
          submitVariant="danger"
          done={saidOf(t('write_off.done'))}
        >
          {(errors) => (
            <>
              {ids}
              <WhyField errors={errors} />
            </>
          )}
        </CommandDialog>
      ) : null}
      {mayManage && invoice.credited_minor < invoice.total_minor ? (
        <LinkButton to={`/office/invoices/${invoice.id}/credit`}>{t('credit.button')}</LinkButton>
      ) : null}
      {invoice.state === 'open' && creditMinor > 0 && can('payments.record') ? (
        <CommandDialog
          trigger={<Button>{t('use_credit.button', { amount: formatMoney(creditMinor) })}</Button>}
          title={t('use_credit.title', { amount: formatMoney(creditMinor) })}
          lead={t('use_credit.lead')}
          action={action}
          intent="spend_credit"
          submit={t('use_credit.button', { amount: formatMoney(creditMinor) })}
          done={t('use_credit.done')}
        >
          {() => <input type="hidden" name="subscriber_id" value={invoice.subscriber_id} />}
        </CommandDialog>
      ) : null}
    </>
  )
}
