import { KeyRound, Lock, RefreshCw } from 'lucide-react'
import { useLayoutEffect, useRef, useState, type FormEvent, type ReactNode } from 'react'
import type { Door, Inside, Knock } from '~/offline/door'
import { isGuessable, PIN_DIGITS } from '~/offline/pin'
import { useT } from '~/i18n/use-t'
import { Button } from '~/ui/base/button'
import { Field } from '~/ui/base/field'
import { PasswordInput } from '~/ui/base/password-input'
import { HandOver } from '~/ui/collector/hand-over'
import { NoticePage } from '~/ui/collector/notice-page'
import { LanguagePicker } from '~/ui/layout/language-picker'
import { takeEarlyPin } from './early-pin'
import { PinInput } from './pin-input'

/** Nothing of what is stored can be seen before the PIN. */
export function LockScreen({ door, onOpen }: { door: Door; onOpen: (inside: Inside) => void }) {
  const [isForgotten, setForgotten] = useState(false)
  if (door.trouble === 'newer') return <NewerStore door={door} />
  if (door.trouble === 'lock') return <ForgottenPin door={door} onOpen={onOpen} />
  if (!door.hasPin) return <ChoosePin door={door} onOpen={onOpen} />
  if (isForgotten) {
    return <ForgottenPin door={door} onOpen={onOpen} onBack={() => setForgotten(false)} />
  }
  return <TypePin door={door} onOpen={onOpen} onForgotten={() => setForgotten(true)} />
}

function TypePin(props: { door: Door; onOpen: (inside: Inside) => void; onForgotten: () => void }) {
  const { door } = props
  const t = useT('collector')
  const knocking = useKnock(props.onOpen)
  const [pin, setPin] = useState('')

  const open = (typed: string) => {
    setPin('')
    void knocking.knock(() => door.unlock(typed))
  }
  const type = (typed: string) => {
    setPin(typed)
    if (typed !== '') door.prepare()
    if (typed.length === PIN_DIGITS) open(typed)
  }

  // Digits that were typed while the app was read.
  const latest = useRef(type)
  useLayoutEffect(() => {
    latest.current(takeEarlyPin())
  }, [])
  return (
    <PinPage
      icon={<Lock />}
      title={t('lock.title')}
      lead={door.profile.full_name}
      onSubmit={() => open(pin)}
      more={
        <>
          <Button size="large" variant="quiet" wide onClick={props.onForgotten}>
            {t('lock.forgot')}
          </Button>
          {door.queue ? <HandOver queue={door.queue} variant="quiet" /> : null}
        </>
      }
      action={t('lock.open')}
      isBusy={knocking.isBusy}
    >
      {door.unsent > 0 ? <p>{t('lock.unsent', { count: door.unsent })}</p> : null}
      <PinInput
        label={t('lock.pin')}
        value={pin}
        error={knocking.problem}
        autoFocus
        onValue={type}
      />
    </PinPage>
  )
}

function ChoosePin({ door, onOpen }: { door: Door; onOpen: (inside: Inside) => void }) {
  const t = useT('collector')
  const knocking = useKnock(onOpen)
  const chosen = useNewPin()

  return (
    <PinPage
      icon={<KeyRound />}
      title={t('lock.choose.title')}
      lead={t('lock.choose.body')}
      onSubmit={() => {
        const pin = chosen.checked()
        if (pin) void knocking.knock(() => door.choose(pin))
      }}
      action={t('lock.choose.go')}
      isBusy={knocking.isBusy}
    >
      {chosen.fields(knocking.problem)}
    </PinPage>
  )
}

/** A newer version wrote what lies here; this one would not read all of it, and might spoil it. */
function NewerStore({ door }: { door: Door }) {
  const t = useT('collector')
  return (
    <NoticePage
      icon={<RefreshCw />}
      title={t('damage.newer.title')}
      actions={
        <>
          <Button size="large" variant="primary" wide onClick={() => window.location.reload()}>
            {t('session.reload')}
          </Button>
          {door.queue ? <HandOver queue={door.queue} /> : null}
        </>
      }
      foot={<LanguagePicker className="justify-center" />}
    >
      <p>{t('damage.newer.body')}</p>
    </NoticePage>
  )
}

/** The way in without the PIN: it was forgotten, or the lock was damaged and no PIN opens it. */
function ForgottenPin(props: {
  door: Door
  onOpen: (inside: Inside) => void
  onBack?: () => void
}) {
  const { door, onBack } = props
  const t = useT('collector')
  const common = useT('common')
  const knocking = useKnock(props.onOpen)
  const chosen = useNewPin()
  const [password, setPassword] = useState('')

  return (
    <PinPage
      icon={<KeyRound />}
      title={t(onBack ? 'lock.forgot' : 'damage.lock.title')}
      lead={t(onBack ? 'lock.forgot.body' : 'damage.lock.body', { name: door.profile.full_name })}
      onSubmit={() => {
        const pin = chosen.checked()
        if (pin) void knocking.knock(() => door.recover(password, pin))
      }}
      more={
        <>
          {onBack ? (
            <Button size="large" variant="quiet" wide onClick={onBack}>
              {common('back')}
            </Button>
          ) : null}
          {!onBack && door.queue ? <HandOver queue={door.queue} /> : null}
          {door.beginAnew ? <BeginAnew beginAnew={door.beginAnew} /> : null}
        </>
      }
      action={t('lock.open')}
      isBusy={knocking.isBusy}
    >
      <Field label={t('lock.password')} error={knocking.problem ?? undefined} required>
        <PasswordInput
          autoComplete="current-password"
          value={password}
          onChange={(event) => setPassword(event.target.value)}
        />
      </Field>
      {chosen.fields(null)}
    </PinPage>
  )
}

/** Only where nothing waits to be sent: the route comes again from the office. */
function BeginAnew({ beginAnew }: { beginAnew: () => Promise<void> }) {
  const t = useT('collector')
  return (
    <Button size="large" wide onClick={() => void beginAnew().then(() => window.location.reload())}>
      {t('ended.anew')}
    </Button>
  )
}

/** A new PIN, typed twice. */
export function useNewPin() {
  const t = useT('collector')
  const [pin, setPin] = useState('')
  const [again, setAgain] = useState('')
  const [problem, setProblem] = useState<string | null>(null)

  return {
    checked: () => {
      const wrong =
        pin.length < PIN_DIGITS
          ? t('lock.short')
          : isGuessable(pin)
            ? t('lock.guessable')
            : pin !== again
              ? t('lock.differs')
              : null
      setProblem(wrong)
      return wrong ? null : pin
    },
    fields: (other: string | null) => (
      <>
        <PinInput label={t('lock.new_pin')} value={pin} error={problem ?? other} onValue={setPin} />
        <PinInput label={t('lock.again')} value={again} error={null} onValue={setAgain} />
      </>
    ),
  }
}

function useKnock(onOpen: (inside: Inside) => void) {
  const t = useT('collector')
  const [isBusy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)

  const wordsOf = (answer: Exclude<Knock, Inside>) => {
    if (answer.state === 'wrong') return t('lock.wrong')
    if (answer.state === 'wait') return t('lock.wait', { count: answer.seconds })
    return t(`lock.refused.${answer.reason}`)
  }
  return {
    isBusy,
    problem,
    knock: async (work: () => Promise<Knock>) => {
      setBusy(true)
      setProblem(null)
      const answer = await work()
      setBusy(false)
      if (answer.state === 'ready') onOpen(answer)
      else setProblem(wordsOf(answer))
    },
  }
}

function PinPage(props: {
  icon: ReactNode
  title: string
  lead: string
  action: string
  isBusy: boolean
  onSubmit: () => void
  more?: ReactNode
  children: ReactNode
}) {
  const submit = (event: FormEvent) => {
    event.preventDefault()
    props.onSubmit()
  }
  return (
    <NoticePage
      icon={props.icon}
      title={props.title}
      foot={<LanguagePicker className="justify-center" />}
    >
      <p>{props.lead}</p>
      <form noValidate onSubmit={submit} className="mt-3 flex flex-col gap-4 text-ink">
        {props.children}
        <Button type="submit" size="large" variant="primary" wide busy={props.isBusy}>
          {props.action}
        </Button>
        {props.more}
      </form>
    </NoticePage>
  )
}
