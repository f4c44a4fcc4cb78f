import { Lock } from 'lucide-react'
import { useT } from '~/i18n/use-t'
import { PIN_MARK } from '~/offline/expected-pin'
import { PIN_DIGITS } from '~/offline/pin'
import { Field } from '~/ui/base/field'
import { Skeleton } from '~/ui/base/progress'
import { NoticePage } from '~/ui/collector/notice-page'
import { LanguagePicker } from '~/ui/layout/language-picker'
import { usePageContext } from '~/ui/layout/page-context'
import { PhoneStart } from '~/ui/layout/phone-start'
import { PinDigits } from './pin-input'

// The stored document asks for the PIN before a line of code has run: fingers begin while the app is read. It is the same document for
// every person, so whether a PIN will be asked for is known by a mark of this browser alone.

/** Runs before the rest of the page is drawn. */
const script = `try{if(localStorage.${PIN_MARK})document.documentElement.dataset.pin=''}catch{}`

let typed = ''

/** What was typed before the lock was there; once. */
export function takeEarlyPin(): string {
  const early = typed
  typed = ''
  return early
}

/** The input is drawn more than once until the lock is there, and its digits pass from one to the next. */
function keepTyped(input: HTMLInputElement | null) {
  if (!input) return
  // A password that the browser fills in is no PIN, and must not count as a wrong one.
  const keep = () => {
    const isPin = /^\d*$/.test(input.value) && input.value.length <= PIN_DIGITS
    typed = isPin ? input.value : ''
  }
  if (input.value) keep()
  else input.value = typed
  input.addEventListener('input', keep)
}

/** What stands until the phone's own data is read: where a PIN will be asked for, the lock's shape and a field that takes it already. */
export function CollectorStart() {
  const { nonce } = usePageContext()
  return (
    <>
      <script nonce={nonce} suppressHydrationWarning dangerouslySetInnerHTML={{ __html: script }} />
      <div className="in-data-pin:hidden">
        <PhoneStart />
      </div>
      <div className="hidden in-data-pin:block">
        <EarlyPin />
      </div>
    </>
  )
}

/** Nothing moves when the lock takes its place. Its words are in a language that is not known yet. */
function EarlyPin() {
  const t = useT('collector')
  const title = (
    <>
      <span className="sr-only">{t('lock.pin')}</span>
      <Skeleton className="my-1 h-6 w-48" />
    </>
  )
  return (
    <NoticePage
      icon={<Lock />}
      title={title}
      foot={<LanguagePicker className="invisible justify-center" />}
    >
      <Skeleton className="my-1 h-4 w-32" />
      <div className="mt-3 flex flex-col gap-4 text-ink">
        <Field label={t('lock.pin')}>
          <PinDigits ref={keepTyped} autoFocus />
        </Field>
        <Skeleton className="h-14" />
        <span className="h-14" />
      </div>
    </NoticePage>
  )
}
