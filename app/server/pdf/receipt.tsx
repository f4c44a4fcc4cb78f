import { Image, Page, Path, Rect, Svg, Text, View } from '@react-pdf/renderer'
import { encode } from 'uqr'
import { amountInWords } from '../../domain/amount-in-words'
import { minor } from '../../domain/money'
import { formatInstant, formatMoney, formatMonth } from '../../i18n/format'
import type { ReceiptDocument, ReceiptPaper } from './documents'
import { BranchLine } from './parties'
import { danger, faint, line, look, methodName, printColor, VoidMark } from './look'

/** A receipt for a till roll of 58 or 80 mm, or the same on a sheet. It is supplementary, and says so. */

const MILLIMETRE = 72 / 25.4
const widths: Record<ReceiptPaper, number> = { '58': 58, '80': 80, a4: 105 }

type Props = {
  receipt: ReceiptDocument
  paper: ReceiptPaper
  checkUrl: string
  logo?: string | null
}

export function ReceiptPage(props: Props) {
  const { receipt, paper } = props
  const width = widths[paper] * MILLIMETRE
  const scale = { '58': 0.88, '80': 1.05, a4: 1.2 }[paper]
  const isVoid = receipt.stage === 'void'

  // Without a height the page grows with what is on it, as paper from a roll does.
  const size = paper === 'a4' ? 'A4' : { width }
  return (
    <Page
      size={size as 'A4'}
      style={[look.roll, { fontSize: 7.5 * scale }, paper === 'a4' ? { padding: 48 } : {}]}
    >
      <View style={paper === 'a4' ? { width, alignSelf: 'center' } : {}}>
        <Slip {...props} scale={scale} />
      </View>
      {isVoid ? <VoidMark top={paper === 'a4' ? 260 : 90} size={paper === 'a4' ? 96 : 44} /> : null}
    </Page>
  )
}

function Slip({ receipt, checkUrl, logo, scale }: Props & { scale: number }) {
  const { seller, subscriber, prepaid } = receipt
  const { currency, time_zone: zone } = seller
  const number = receipt.receipt_number ?? receipt.manual_serial ?? 'not numbered'

  return (
    <>
      <View style={{ alignItems: 'center' }}>
        {logo ? (
          <Image
            src={logo}
            style={{
              height: 30 * scale,
              maxWidth: 110 * scale,
              objectFit: 'contain',
              marginBottom: 4,
            }}
          />
        ) : null}
        <Text
          style={{
            fontSize: 11 * scale,
            lineHeight: 1.25,
            marginBottom: 2,
            fontWeight: 700,
            color: printColor(seller.brand_color),
            textAlign: 'center',
          }}
        >
          {seller.trade_name}
        </Text>
        {seller.legal_name && seller.legal_name !== seller.trade_name ? (
          <Text style={{ textAlign: 'center' }}>{seller.legal_name}</Text>
        ) : null}
        {seller.address ? <Text style={{ textAlign: 'center' }}>{seller.address}</Text> : null}
        {seller.branch ? <BranchLine branch={seller.branch} name={seller.branch_name} /> : null}
        <Text>
          {[seller.phone, seller.tin ? `TIN ${seller.tin}` : null].filter(Boolean).join(' · ')}
        </Text>
        <Text style={{ marginTop: 6, fontWeight: 600 }}>PAYMENT RECEIPT</Text>
        <Text style={{ fontSize: 10 * scale, lineHeight: 1.3, fontWeight: 700 }}>{number}</Text>
        {receipt.reprint > 0 ? (
          <Text style={{ fontWeight: 700 }}>REPRINT {receipt.reprint}</Text>
        ) : null}
      </View>

      <View style={{ alignItems: 'center', paddingVertical: 6 }}>
        <Text style={{ fontSize: 18 * scale, fontWeight: 700, lineHeight: 1.2 }}>
          {formatMoney(receipt.amount_minor, currency)}
        </Text>
        <Text style={{ textAlign: 'center', color: faint }}>
          {amountInWords(minor(receipt.amount_minor), currency)}
        </Text>
      </View>

      <Rule />
      <Pair label="Received from" value={subscriber?.name ?? 'Not yet known'} />
      {subscriber ? <Pair label="Account" value={subscriber.account_no} /> : null}
      {subscriber?.tin ? <Pair label="TIN" value={subscriber.tin} /> : null}
      <Pair label="Date" value={formatInstant(receipt.received_at, zone)} />
      <Pair
        label="Paid by"
        value={[methodName(receipt.method), receipt.reference].filter(Boolean).join(' ')}
      />
      {receipt.received_by_name ? (
        <Pair label="Received by" value={receipt.received_by_name} />
      ) : null}
      {receipt.manual_serial && receipt.receipt_number ? (
        <Pair label="Booklet no." value={receipt.manual_serial} />
      ) : null}

      {receipt.applies.length > 0 || prepaid || receipt.credit_minor > 0 ? <Rule /> : null}
      {receipt.applies.map((applied) => (
        <Pair
          key={applied.number}
          label={`${applied.number}${applied.period ? `, ${formatMonth(applied.period)}` : ''}${applied.settles ? ' (full)' : ' (part)'}`}
          value={formatMoney(applied.amount_minor, currency)}
        />
      ))}
      {prepaid ? (
        <>
          <Pair
            label={[prepaid.plan_name, prepaid.invoice_number].filter(Boolean).join(', ')}
            value={formatMoney(prepaid.amount_minor, currency)}
          />
          <Pair label="Paid until" value={formatInstant(prepaid.ends_at, zone)} isStrong />
        </>
      ) : null}
      {receipt.credit_minor > 0 ? (
        <Pair label="Stays as credit" value={formatMoney(receipt.credit_minor, currency)} />
      ) : null}
      {subscriber ? (
        <Pair
          label="Still open today"
          value={formatMoney(receipt.balance_minor, currency)}
          isStrong
        />
      ) : null}

      {receipt.stage === 'void' ? (
        <Text style={{ marginTop: 4, color: danger, fontWeight: 700, textAlign: 'center' }}>
          VOID. This payment was taken back.
        </Text>
      ) : null}

      <View style={{ alignItems: 'center', marginTop: 8 }}>
        <Qr value={checkUrl} size={62 * scale} />
        <Text style={{ marginTop: 3, color: faint, textAlign: 'center' }}>
          Point a phone camera here to check this receipt.
        </Text>
        <Text style={{ marginTop: 6, fontWeight: 600, textAlign: 'center' }}>
          {receipt.disclaimer}
        </Text>
      </View>
    </>
  )
}

function Pair({ label, value, isStrong }: { label: string; value: string; isStrong?: boolean }) {
  const weight = { fontWeight: isStrong ? 700 : 400 } as const
  return (
    <View
      style={{ flexDirection: 'row', justifyContent: 'space-between', gap: 8, paddingVertical: 1 }}
      wrap={false}
    >
      <Text style={[{ color: isStrong ? '#12181f' : faint, flexShrink: 1 }, weight]}>{label}</Text>
      <Text style={[{ textAlign: 'right', flexShrink: 1, maxWidth: '65%' }, weight]}>{value}</Text>
    </View>
  )
}

function Rule() {
  return (
    <View
      style={{
        borderBottomWidth: 0.7,
        borderBottomColor: line,
        borderStyle: 'dashed',
        marginVertical: 4,
      }}
    />
  )
}

function Qr({ value, size }: { value: string; size: number }) {
  const code = encode(value, { ecc: 'M', border: 2 })
  const path = code.data
    .flatMap((row, y) => row.map((isDark, x) => (isDark ? `M${x} ${y}h1v1h-1z` : '')))
    .join('')
  return (
    <Svg width={size} height={size} viewBox={`0 0 ${code.size} ${code.size}`}>
      <Rect x={0} y={0} width={code.size} height={code.size} fill="#ffffff" />
      <Path d={path} fill="#000000" />
    </Svg>
  )
}
