import type { Minor } from './money'

/** Amounts as cheques and invoices write them: `One thousand one hundred fifty pesos and 50/100`. */

const ones = (
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen ' +
  'fifteen sixteen seventeen eighteen nineteen'
).split(' ')
const tens = ['', '', ...'twenty thirty forty fifty sixty seventy eighty ninety'.split(' ')]
const scales = ['', 'thousand', 'million', 'billion', 'trillion']

const units: Record<string, readonly [one: string, many: string]> = {
  PHP: ['peso', 'pesos'],
  USD: ['dollar', 'dollars'],
  EUR: ['euro', 'euros'],
}

export function amountInWords(amount: Minor, currency = 'PHP'): string {
  const size = Math.abs(amount)
  const whole = Math.floor(size / 100)
  const cents = size % 100
  const [one, many] = units[currency] ?? [currency, currency]

  const parts = [amount < 0 ? 'minus' : '', numberInWords(whole), whole === 1 ? one : many]
  if (cents > 0) parts.push(`and ${String(cents).padStart(2, '0')}/100`)
  const sentence = parts.filter((part) => part !== '').join(' ')
  return sentence.charAt(0).toUpperCase() + sentence.slice(1)
}

function numberInWords(number: number): string {
  if (number === 0) return ones[0] ?? ''

  const words: Array<string> = []
  for (let rest = number, scale = 0; rest > 0; rest = Math.floor(rest / 1000), scale += 1) {
    const group = rest % 1000
    if (group > 0) words.unshift([hundreds(group), scales[scale]].filter(Boolean).join(' '))
  }
  return words.join(' ')
}

function hundreds(group: number): string {
  const hundred = Math.floor(group / 100)
  const rest = group % 100
  return [hundred > 0 ? `${ones[hundred]} hundred` : '', rest > 0 ? belowHundred(rest) : '']
    .filter((part) => part !== '')
    .join(' ')
}

function belowHundred(number: number): string {
  if (number < 20) return ones[number] ?? ''
  const one = number % 10
  const ten = tens[Math.floor(number / 10)] ?? ''
  return one > 0 ? `${ten}-${ones[one]}` : ten
}
