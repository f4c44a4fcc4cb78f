import { Money } from '~/ui/money/money'
import { useOffice } from '~/ui/office/office-context'

/** The lines of an invoice to come; what is given back has its minus sign and its words. */
export function InvoiceLines(props: {
  lines: ReadonlyArray<{ description: string; amount_minor: number }>
}) {
  const { currency } = useOffice()
  return (
    <ul className="mt-1 flex flex-col gap-1">
      {props.lines.map((line, index) => (
        <li key={index} className="flex justify-between gap-4">
          <span className="min-w-0">{line.description}</span>
          <Money
            minor={line.amount_minor}
            currency={currency}
            className={line.amount_minor < 0 ? 'shrink-0 text-success' : 'shrink-0'}
          />
        </li>
      ))}
    </ul>
  )
}
