import { useFormat } from '~/i18n/use-format'
import { useT } from '~/i18n/use-t'
import { Money } from '~/ui/money/money'

export type Payable = {
  id: string
  number: string
  period: string | null
  due_on: string
  open_minor: number
  is_written_off: boolean
}

/** The payer says what is paid. Nothing chosen: the oldest due first, and no debt that was written off. */
export function ChooseInvoices(props: {
  payable: ReadonlyArray<Payable>
  chosen: ReadonlyArray<string>
  onChoose: (chosen: ReadonlyArray<string>) => void
}) {
  const { payable, chosen, onChoose } = props
  const t = useT('collections')
  const format = useFormat()

  return (
    <details open={chosen.length > 0 || undefined}>
      <summary className="text-sm font-medium text-accent-text hover:underline">
        {t('take.which')}:{' '}
        {chosen.length === 0
          ? t('take.which_rule')
          : `${t('take.which_chosen')} (${chosen.length})`}
      </summary>
      <ul className="mt-3 divide-y divide-line rounded-lg border border-line">
        {payable.map((invoice) => (
          <li key={invoice.id}>
            <label className="flex min-h-11 cursor-pointer items-center gap-3 px-4 py-2 hover:bg-hover">
              <input
                type="checkbox"
                name="invoices"
                value={invoice.id}
                checked={chosen.includes(invoice.id)}
                onChange={(event) =>
                  onChoose(
                    event.currentTarget.checked
                      ? [...chosen, invoice.id]
                      : chosen.filter((id) => id !== invoice.id),
                  )
                }
                className="size-4 accent-accent"
              />
              <span className="min-w-0 flex-1">
                {invoice.period ? format.month(invoice.period) : invoice.number}
                <span className="block text-sm text-faint">
                  {invoice.is_written_off
                    ? t('take.written_off')
                    : [invoice.period ? invoice.number : null, format.day(invoice.due_on)]
                        .filter(Boolean)
                        .join(' · ')}
                </span>
              </span>
              <Money minor={invoice.open_minor} />
            </label>
          </li>
        ))}
      </ul>
    </details>
  )
}
