import { createRequire } from 'node:module'
import { Font, StyleSheet, Text, View } from '@react-pdf/renderer'
import type { ReactNode } from 'react'
import { formatMoney } from '../../i18n/format'

/** What all printed documents share: the type face, the measures, the small parts. */

const require = createRequire(import.meta.url)
const inter = (name: string) => require.resolve(`@expo-google-fonts/inter/${name}`)

// A whole TTF: the built-in faces print the peso sign as ±, without a word.
Font.register({
  family: 'Inter',
  fonts: [
    { src: inter('400Regular/Inter_400Regular.ttf'), fontWeight: 400 },
    { src: inter('600SemiBold/Inter_600SemiBold.ttf'), fontWeight: 600 },
    { src: inter('700Bold/Inter_700Bold.ttf'), fontWeight: 700 },
  ],
})
// Names and numbers must not be broken with hyphens that are not theirs.
Font.registerHyphenationCallback((word) => [word])

export const ink = '#12181f'
export const soft = '#46525e'
export const faint = '#616d79'
export const line = '#d5dbe1'
export const danger = '#ad2219'

export const look = StyleSheet.create({
  page: {
    fontFamily: 'Inter',
    fontSize: 9,
    color: ink,
    padding: 40,
    paddingBottom: 56,
    lineHeight: 1.4,
  },
  roll: { fontFamily: 'Inter', fontSize: 7.5, color: ink, padding: 8, lineHeight: 1.35 },
  row: { flexDirection: 'row', justifyContent: 'space-between', gap: 12 },
  label: { fontSize: 7.5, color: faint },
  strong: { fontWeight: 600 },
  money: { textAlign: 'right' },
  rule: { borderBottomWidth: 0.7, borderBottomColor: line },
  foot: { position: 'absolute', left: 40, right: 40, top: 806, fontSize: 7, color: faint },
  // The page's line height is measured once, for its own size of type: larger type needs its own.
  title: { fontSize: 15, fontWeight: 700, lineHeight: 1.2, marginBottom: 2 },
  name: { fontSize: 11, fontWeight: 600, lineHeight: 1.3, marginBottom: 1 },
})

/** A word with its value below. Nothing is printed for nothing. */
export function Fact({ label, children }: { label: string; children: ReactNode }) {
  if (children === null || children === undefined || children === '') return null
  return (
    <View style={{ marginBottom: 5 }}>
      <Text style={look.label}>{label}</Text>
      <Text>{children}</Text>
    </View>
  )
}

/** A word on the left, its amount on the right. */
export function AmountRow(props: {
  label: string
  minor: number
  currency: string
  strong?: boolean
  size?: number
}) {
  const { label, minor, currency, strong = false, size } = props
  const style = { fontWeight: strong ? 700 : 400, ...(size ? { fontSize: size } : {}) } as const
  return (
    <View style={[look.row, { paddingVertical: 1.5 }]} wrap={false}>
      <Text style={style}>{label}</Text>
      <Text style={[look.money, style]}>{formatMoney(minor, currency)}</Text>
    </View>
  )
}

/** Across the page, so that no voided paper is taken for a good one. */
export function VoidMark({ top = 300, size = 120 }: { top?: number; size?: number }) {
  return (
    <View fixed style={{ position: 'absolute', top, left: 0, right: 0, alignItems: 'center' }}>
      <Text
        style={{
          fontSize: size,
          fontWeight: 700,
          color: danger,
          opacity: 0.16,
          transform: 'rotate(-24deg)',
          letterSpacing: size / 10,
        }}
      >
        VOID
      </Text>
    </View>
  )
}

export function PageFoot({ left }: { left: string }) {
  return (
    <Text
      fixed
      style={look.foot}
      render={({ pageNumber, totalPages }) => `${left} · Page ${pageNumber} of ${totalPages}`}
    />
  )
}

/** Dark enough on white to be read in print; a pale brand colour is left out. */
export function printColor(color: string | null | undefined): string {
  const match = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(color ?? '')
  if (!match) return ink
  const [red = 0, green = 0, blue = 0] = match.slice(1).map((part) => {
    const value = Number.parseInt(part, 16) / 255
    return value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  })
  const luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue
  return 1.05 / (luminance + 0.05) >= 4.5 ? (color ?? ink) : ink
}

const methods: Record<string, string> = {
  cash: 'Cash',
  gcash: 'GCash',
  maya: 'Maya',
  bank: 'Bank transfer',
  cheque: 'Cheque',
  withholding: 'Withholding certificate (2307)',
}

export function methodName(method: string | null): string {
  return methods[method ?? ''] ?? 'Payment'
}
