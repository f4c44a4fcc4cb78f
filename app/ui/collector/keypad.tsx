import { Delete } from 'lucide-react'
import { LARGEST_TYPED_MINOR } from '~/domain/money'
import { useT } from '~/i18n/use-t'

const keys = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '.', '0'] as const

/**
 * Our own keys instead of the system's: they stay where they are, cover nothing, and a cold
 * finger hits them. The text is digits with at most two decimals, without separators.
 */
export function Keypad(props: {
  text: string
  onText: (text: string) => void
  disabled?: boolean
}) {
  const { text, onText, disabled } = props
  const t = useT('collector')

  return (
    <div className="grid grid-cols-3 gap-1.5" role="group" aria-label={t('take.keypad')}>
      {keys.map((key) => (
        <KeypadKey
          key={key}
          label={key}
          disabled={disabled}
          onPress={() => onText(typed(text, key))}
        >
          {key}
        </KeypadKey>
      ))}
      <KeypadKey
        label={t('take.erase')}
        disabled={disabled || text === ''}
        onPress={() => onText(text.slice(0, -1))}
      >
        <Delete className="size-6" aria-hidden="true" />
      </KeypadKey>
    </div>
  )
}

/** Never lower than a finger; with large letters never so high that the amount above is pushed off the screen. */
function KeypadKey(props: {
  label: string
  children: React.ReactNode
  onPress: () => void
  disabled?: boolean
}) {
  return (
    <button
      type="button"
      aria-label={props.label}
      disabled={props.disabled}
      onClick={props.onPress}
      className="grid h-[clamp(44px,7.2dvh,3.25rem)] touch-manipulation place-items-center rounded-md border border-line bg-surface text-[min(1.5rem,5dvh)] leading-none font-medium select-none active:bg-hover disabled:text-faint"
    >
      {props.children}
    </button>
  )
}

/** What stands there after one more key, unless that would be no amount any more. */
export function typed(text: string, key: string): string {
  const next = text === '0' && key !== '.' ? key : text + key
  return cleanAmount(text === '' && key === '.' ? '0.' : next) ?? text
}

/** Digits and at most two decimals, or null when the text cannot become an amount. */
export function cleanAmount(text: string): string | null {
  const plain = text.replace(/[₱,\s]/g, '')
  if (!/^\d*(\.\d{0,2})?$/.test(plain)) return null
  return Number(plain) * 100 > LARGEST_TYPED_MINOR ? null : plain
}

/** `1234567.5` → `1,234,567.5`, while it is being typed. */
export function groupedAmount(text: string): string {
  const [whole = '', fraction] = text.split('.')
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',')
  return fraction === undefined ? grouped : `${grouped}.${fraction}`
}
