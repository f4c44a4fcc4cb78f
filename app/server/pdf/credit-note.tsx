import { Page, Text, View } from '@react-pdf/renderer'
import { amountInWords } from '../../domain/amount-in-words'
import { minor } from '../../domain/money'
import { formatDay, formatMoney } from '../../i18n/format'
import type { CreditNoteDocument } from './documents'
import { Fact, look, PageFoot } from './look'
import { Buyer, PaperHead, VatTotals } from './parties'

/** Takes back part of an invoice, with its share of VAT. It names the invoice and says why. */
export function CreditNotePage(props: {
  note: CreditNoteDocument
  logo: string | null | undefined
}) {
  const { note, logo } = props
  const { currency } = note.brand
  const isVat = note.regime === 'vat'

  return (
    <Page size="A4" style={look.page}>
      <PaperHead
        {...note}
        logo={logo}
        title={isVat ? 'CREDIT NOTE' : 'NON-VAT CREDIT NOTE'}
        number={`No. ${note.number}`}
      />
      <View style={[look.row, { marginTop: 18, marginBottom: 16 }]}>
        <Buyer buyer={note.buyer} />
        <View style={{ width: 180 }}>
          <Fact label="Date of issue">{formatDay(note.issued_on)}</Fact>
          <Fact label="Takes back from invoice">
            {`No. ${note.invoice_number} of ${formatDay(note.invoice_issued_on)}`}
          </Fact>
        </View>
      </View>
      <Fact label="Reason">{note.reason}</Fact>

      <View style={[look.row, look.rule, { paddingBottom: 4, marginTop: 6 }]} fixed>
        <Text style={[look.label, { flex: 1 }]}>Description</Text>
        <Text style={[look.label, { width: 140, textAlign: 'right' }]}>
          {isVat ? 'Taken back, VAT included' : 'Taken back'}
        </Text>
      </View>
      {note.lines.map((line) => (
        <View key={line.line} style={[look.row, look.rule, { paddingVertical: 5 }]} wrap={false}>
          <Text style={{ flex: 1 }}>{line.description}</Text>
          <Text style={[look.money, { width: 140 }]}>
            {formatMoney(line.total_minor, currency)}
          </Text>
        </View>
      ))}

      <View style={[look.row, { marginTop: 12 }]} wrap={false}>
        <View style={{ flex: 1, paddingRight: 16 }}>
          <Text style={look.label}>Amount in words</Text>
          <Text>{amountInWords(minor(note.total_minor), currency)}</Text>
        </View>
        <View style={{ width: 230 }}>
          <VatTotals {...note} currency={currency} />
        </View>
      </View>
      <PageFoot left={`${note.brand.trade_name} · Credit note ${note.number}`} />
    </Page>
  )
}
