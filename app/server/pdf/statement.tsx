import { Page, Text, View } from '@react-pdf/renderer'
import { formatDay, formatMoney } from '../../i18n/format'
import type { StatementDocument } from './documents'
import { AmountRow, Fact, look, methodName, PageFoot, printColor } from './look'
import { PaperLogo } from './parties'

const columns = { day: 58, document: 76, amount: 68 }

/** Everything that moved between two days, with the balance after each line. It adds up, line by line. */
export function StatementPage(props: {
  statement: StatementDocument
  logo: string | null | undefined
}) {
  const { statement, logo } = props
  const { brand, subscriber } = statement
  const { currency } = brand

  return (
    <Page size="A4" style={look.page}>
      <View style={look.row}>
        <View style={{ flex: 1, paddingRight: 16 }}>
          <PaperLogo logo={logo} />
          <Text style={[look.title, { color: printColor(brand.brand_color) }]}>
            {brand.trade_name}
          </Text>
          {brand.address ? <Text>{brand.address}</Text> : null}
          <Text>{[brand.phone, brand.email].filter(Boolean).join(' · ')}</Text>
        </View>
        <View style={{ width: 210 }}>
          <Text style={look.title}>STATEMENT OF ACCOUNT</Text>
          <Text>{`${formatDay(statement.from_on)} to ${formatDay(statement.until_on)}`}</Text>
        </View>
      </View>

      <View style={[look.row, { marginTop: 18, marginBottom: 14 }]}>
        <View style={{ flex: 1, paddingRight: 16 }}>
          <Text style={look.name}>{subscriber.name}</Text>
          <Text>Account {subscriber.account_no}</Text>
          {subscriber.address ? <Text>{subscriber.address}</Text> : null}
        </View>
        <View style={{ width: 210 }}>
          <Fact label="Made on">{formatDay(statement.today)}</Fact>
          <AmountRow
            label={statement.closing_minor < 0 ? 'Credit at the end' : 'Balance at the end'}
            minor={Math.abs(statement.closing_minor)}
            currency={currency}
            strong
            size={12}
          />
        </View>
      </View>

      <View style={[look.row, look.rule, { paddingBottom: 4, gap: 6 }]} fixed>
        <Text style={[look.label, { width: columns.day }]}>Day</Text>
        <Text style={[look.label, { width: columns.document }]}>Document</Text>
        <Text style={[look.label, { flex: 1 }]}>What</Text>
        <Text style={[look.label, look.money, { width: columns.amount }]}>Charged</Text>
        <Text style={[look.label, look.money, { width: columns.amount }]}>Paid, credited</Text>
        <Text style={[look.label, look.money, { width: columns.amount }]}>Balance</Text>
      </View>
      <Row
        day={statement.from_on}
        what="Balance before"
        balance={statement.opening_minor}
        currency={currency}
      />
      {statement.lines.map((line, index) => (
        <Row
          key={index}
          day={line.on}
          document={line.document}
          what={line.description}
          charged={line.debit_minor}
          paid={line.credit_minor}
          balance={line.balance_minor}
          currency={currency}
        />
      ))}
      <Row
        day={statement.until_on}
        what="Balance at the end"
        balance={statement.closing_minor}
        currency={currency}
        isStrong
      />
      <Apart statement={statement} />
      <PageFoot left={`${brand.trade_name} · Account ${subscriber.account_no}`} />
    </Page>
  )
}

const waits = {
  phone: 'taken in the field, not booked yet',
  claim: 'said to be paid, waits for a match',
}

/** Known of, but in none of the sums above. */
function Apart({ statement }: { statement: StatementDocument }) {
  const { on_the_way, deposit_minor, brand } = statement
  if (on_the_way.length === 0 && deposit_minor === 0) return null
  return (
    <View style={{ marginTop: 14 }} wrap={false}>
      <Text style={[look.label, { marginBottom: 3 }]}>Not in these sums</Text>
      {on_the_way.map((one, index) => (
        <AmountRow
          key={index}
          label={[
            formatDay(one.on),
            [methodName(one.method), one.reference].filter(Boolean).join(' '),
            waits[one.kind],
          ].join(' · ')}
          minor={one.amount_minor}
          currency={brand.currency}
        />
      ))}
      {deposit_minor > 0 ? (
        <AmountRow label="Deposit held" minor={deposit_minor} currency={brand.currency} />
      ) : null}
    </View>
  )
}

function Row(props: {
  day: string
  document?: string | null
  what: string | null
  charged?: number
  paid?: number
  balance: number
  currency: string
  isStrong?: boolean
}) {
  const { day, document, what, charged = 0, paid = 0, balance, currency, isStrong } = props
  const amount = (minor: number) => (minor === 0 ? '' : formatMoney(minor, currency))
  const weight = { fontWeight: isStrong ? 700 : 400 } as const
  return (
    <View style={[look.row, look.rule, { paddingVertical: 4, gap: 6, fontSize: 8.5 }]} wrap={false}>
      <Text style={[{ width: columns.day }, weight]}>{formatDay(day)}</Text>
      <Text style={[{ width: columns.document }, weight]}>{document ?? ''}</Text>
      <Text style={[{ flex: 1 }, weight]}>{what ?? ''}</Text>
      <Text style={[look.money, { width: columns.amount }, weight]}>{amount(charged)}</Text>
      <Text style={[look.money, { width: columns.amount }, weight]}>{amount(paid)}</Text>
      <Text style={[look.money, { width: columns.amount }, weight]}>
        {formatMoney(balance, currency)}
      </Text>
    </View>
  )
}
