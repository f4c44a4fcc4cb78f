import { Page, Text, View } from '@react-pdf/renderer'
import { amountInWords } from '../../domain/amount-in-words'
import { civilDay } from '../../domain/calendar'
import { minor } from '../../domain/money'
import { formatDay, formatMoney, formatMonth } from '../../i18n/format'
import type { InvoiceDocument, InvoiceLine } from './documents'
import { AmountRow, Fact, faint, look, methodName, PageFoot, VoidMark } from './look'
import { Buyer, PaperHead, VatTotals } from './parties'

/**
 * The invoice, the tax document of RR 7-2024. Seller and buyer are printed as they were at issue.
 * A VAT seller shows VAT on its own line; a non-VAT seller says that no input tax can be claimed.
 */
export function InvoicePage(props: { invoice: InvoiceDocument; logo: string | null | undefined }) {
  const { invoice, logo } = props
  const { brand, lines, number } = invoice
  const isVat = invoice.regime === 'vat'

  return (
    <Page size="A4" style={look.page}>
      {invoice.state === 'void' ? <VoidMark /> : null}
      <PaperHead
        {...invoice}
        logo={logo}
        title={isVat ? 'INVOICE' : 'NON-VAT INVOICE'}
        number={number ? `No. ${number}` : 'DRAFT, not issued'}
        voided={
          invoice.state === 'void'
            ? `VOID${invoice.void_reason ? `: ${invoice.void_reason}` : ''}`
            : null
        }
      />
      <View style={[look.row, { marginTop: 18, marginBottom: 16 }]}>
        <Buyer buyer={invoice.buyer} />
        <View style={{ width: 180 }}>
          <Fact label="Date of issue">{formatDay(invoice.issued_on)}</Fact>
          <Fact label="Due">{formatDay(invoice.due_on)}</Fact>
          <Fact label="Billing period">{invoice.period ? formatMonth(invoice.period) : ''}</Fact>
        </View>
      </View>

      <View style={[look.row, look.rule, { paddingBottom: 4 }]} fixed>
        <Text style={[look.label, { flex: 1 }]}>Description</Text>
        <Text style={[look.label, { width: 30, textAlign: 'right' }]}>Qty</Text>
        <Text style={[look.label, { width: 110, textAlign: 'right' }]}>
          {isVat ? 'Amount, VAT included' : 'Amount'}
        </Text>
      </View>
      {(lines ?? []).map((line) => (
        <Line key={line.line} line={line} invoice={invoice} />
      ))}

      <View style={[look.row, { marginTop: 12 }]} wrap={false}>
        <View style={{ flex: 1, paddingRight: 16 }}>
          <Text style={look.label}>Amount in words</Text>
          <Text>{amountInWords(minor(invoice.total_minor), brand.currency)}</Text>
        </View>
        <View style={{ width: 230 }}>
          <VatTotals {...invoice} currency={brand.currency} />
        </View>
      </View>

      <Offers invoice={invoice} />
      <Settled invoice={invoice} />
      {isVat ? null : (
        <Text style={[look.strong, { marginTop: 18, fontSize: 8 }]}>
          THIS DOCUMENT IS NOT VALID FOR CLAIM OF INPUT TAX
        </Text>
      )}
      <PageFoot left={`${brand.trade_name} · Invoice ${number}`} />
    </Page>
  )
}

const classes = { vatable: '', exempt: 'VAT-exempt', zero_rated: 'Zero-rated' }

function Line({ line, invoice }: { line: InvoiceLine; invoice: InvoiceDocument }) {
  const note = invoice.regime === 'vat' ? classes[line.vat_class] : ''
  return (
    <View style={[look.row, look.rule, { paddingVertical: 5 }]} wrap={false}>
      <View style={{ flex: 1 }}>
        <Text>{line.description}</Text>
        {note ? <Text style={{ fontSize: 8, color: faint }}>{note}</Text> : null}
      </View>
      <Text style={{ width: 30, textAlign: 'right' }}>1</Text>
      <Text style={[look.money, { width: 110 }]}>
        {formatMoney(line.total_minor, invoice.brand.currency)}
      </Text>
    </View>
  )
}

/** What paying on time takes off. It stands beside the total, which is the sale; a lapsed offer stays, for it names its day. */
function Offers({ invoice }: { invoice: InvoiceDocument }) {
  const { offers, brand } = invoice
  if (invoice.state === 'void' || offers.length === 0) return null
  return (
    <View style={{ marginTop: 14 }} wrap={false}>
      {offers.map((offer, index) => (
        <Text key={index}>
          {offer.earned_at ? 'Paid on time' : `If paid by ${formatDay(offer.pay_by_on)}`}:{' '}
          {formatMoney(offer.earned_minor || offer.amount_minor, brand.currency)} less (
          {offer.description})
        </Text>
      ))}
    </View>
  )
}

/** What was paid or credited since, and what is still open on this invoice today. */
function Settled({ invoice }: { invoice: InvoiceDocument }) {
  const { payments, credit_notes, brand } = invoice
  if (invoice.state === 'void' || (payments.length === 0 && credit_notes.length === 0)) return null

  return (
    <View style={{ marginTop: 16, alignItems: 'flex-end' }} wrap={false}>
      <View style={{ width: 330 }}>
        {payments.map((payment, index) => (
          <AmountRow
            key={index}
            label={[
              payment.reversed
                ? 'Reversed'
                : payment.from_credit
                  ? 'From credit'
                  : methodName(payment.method),
              payment.receipt_number,
              formatDay(civilDay(payment.received_at ?? payment.at, brand.time_zone)),
            ]
              .filter(Boolean)
              .join(' · ')}
            minor={-payment.amount_minor}
            currency={brand.currency}
          />
        ))}
        {credit_notes.map((note) => (
          <AmountRow
            key={note.number}
            label={`Credit note ${note.number} · ${formatDay(note.issued_on)}`}
            minor={-note.total_minor}
            currency={brand.currency}
          />
        ))}
        <View
          style={{ borderTopWidth: 0.7, borderTopColor: '#d5dbe1', marginTop: 3, paddingTop: 3 }}
        >
          <AmountRow
            label={invoice.balance_minor === 0 ? 'Paid in full' : 'Still open'}
            minor={invoice.balance_minor}
            currency={brand.currency}
            strong
          />
        </View>
      </View>
    </View>
  )
}
