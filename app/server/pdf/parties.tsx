import { Image, Text, View } from '@react-pdf/renderer'
import type { Brand, Party, VatSummary } from './documents'
import { AmountRow, danger, look, printColor } from './look'

/** Who sells, on the left; which document it is, on the right. Printed as they were at issue. */
export function PaperHead(props: {
  brand: Brand
  seller: Party
  regime: 'vat' | 'non_vat' | null
  logo: string | null | undefined
  title: string
  number: string
  reprint: number
  voided?: string | null
}) {
  const { seller, brand, regime, logo, title, number, reprint, voided } = props
  const tin = seller.tin ? `${regime === 'vat' ? 'VAT' : 'Non-VAT'} Reg. TIN ${seller.tin}` : null
  const name = seller.trade_name ?? brand.trade_name

  return (
    <View style={look.row}>
      <View style={{ flex: 1, paddingRight: 16 }}>
        <PaperLogo logo={logo} />
        <Text style={[look.title, { color: printColor(brand.brand_color) }]}>{name}</Text>
        {seller.legal_name && seller.legal_name !== name ? <Text>{seller.legal_name}</Text> : null}
        {tin ? <Text>{tin}</Text> : null}
        {seller.branch ? <BranchLine branch={seller.branch} name={seller.branch_name} /> : null}
        {seller.address ? <Text>{seller.address}</Text> : null}
        <Text>{[seller.phone, seller.email].filter(Boolean).join(' · ')}</Text>
      </View>
      <View style={{ width: 180 }}>
        <Text style={look.title}>{title}</Text>
        <Text style={look.name}>{number}</Text>
        {reprint > 0 ? <Text style={look.strong}>REPRINT {reprint}</Text> : null}
        {voided ? <Text style={{ color: danger, fontWeight: 600 }}>{voided}</Text> : null}
      </View>
    </View>
  )
}

/** Which branch sells, by its code with the tax office. */
export function BranchLine({ branch, name }: { branch: string; name?: string | undefined }) {
  return (
    <Text>
      Branch code {branch}
      {name ? ` · ${name}` : ''}
    </Text>
  )
}

/** At most as tall as two lines of the title, whatever its shape. */
export function PaperLogo({ logo }: { logo: string | null | undefined }) {
  if (!logo) return null
  return (
    <Image
      src={logo}
      style={{
        height: 36,
        maxWidth: 160,
        objectFit: 'contain',
        objectPosition: '0% 50%',
        marginBottom: 6,
      }}
    />
  )
}

export function Buyer({ buyer }: { buyer: Party }) {
  return (
    <View style={{ flex: 1, paddingRight: 16 }}>
      <Text style={look.label}>Sold to</Text>
      <Text style={look.name}>{buyer.name}</Text>
      {buyer.account_no ? <Text>Account {buyer.account_no}</Text> : null}
      {buyer.tin ? <Text>TIN {buyer.tin}</Text> : null}
      {buyer.address ? <Text>{buyer.address}</Text> : null}
    </View>
  )
}

/** A VAT seller shows each class of sale and the VAT on its own line. */
export function VatTotals(props: {
  regime: 'vat' | 'non_vat' | null
  rate_bp: number | null
  vat_summary: VatSummary
  total_minor: number
  currency: string
}) {
  const { regime, vat_summary: vat, total_minor, currency } = props
  const rate = (props.rate_bp ?? 0) / 100

  return (
    <View>
      {regime === 'vat' ? (
        <View style={[look.rule, { paddingBottom: 4, marginBottom: 4 }]}>
          <AmountRow label="VATable sales" minor={vat.vatable_minor} currency={currency} />
          <AmountRow label="VAT-exempt sales" minor={vat.exempt_minor} currency={currency} />
          <AmountRow label="Zero-rated sales" minor={vat.zero_rated_minor} currency={currency} />
          <AmountRow label={`VAT (${rate}%)`} minor={vat.vat_minor} currency={currency} />
        </View>
      ) : null}
      <AmountRow label="Total" minor={total_minor} currency={currency} strong size={12} />
    </View>
  )
}
