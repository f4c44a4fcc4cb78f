import { useNavigate, useParams } from '@remix-run/react'
import { useCallback, useRef, useState } from 'react'
import { addDays } from '~/domain/calendar'
import { minor } from '~/domain/money'
import { recordPromise, recordVisit } from '~/offline/collect'
import { loadSettings } from '~/offline/mirror'
import { subscriberCard } from '~/offline/view'
import { Button } from '~/ui/base/button'
import { Field } from '~/ui/base/field'
import { MoneyInput } from '~/ui/base/money-input'
import { DateInput, TextArea } from '~/ui/base/text-input'
import { toast } from '~/ui/base/toast'
import { visitOutcomes, type VisitOutcome } from '~/ui/collector/stop-row'
import { useFormat } from '~/i18n/use-format'
import { useT } from '~/i18n/use-t'
import { PhoneHeader } from '~/ui/layout/phone-shell'
import { useLive, useScreen } from './screen'
import { spotNow } from './spot'

/** The collector came and goes without cash: why, and until when. */
export default function Visit() {
  const { id = '' } = useParams()
  const { phone, today } = useScreen()
  const t = useT('collector')
  const common = useT('common')
  const format = useFormat()
  const navigate = useNavigate()
  const known = useLive(
    useCallback(async () => {
      const [card, settings] = await Promise.all([subscriberCard(phone, id), loadSettings(phone)])
      return { card, settings }
    }, [phone, id]),
    [phone, id],
  )
  const days = known?.settings?.promise_days
  const lastDay = days === undefined ? undefined : addDays(today, days)
  const [visitId] = useState(() => phone.newId())
  const [outcome, setOutcome] = useState<VisitOutcome>('not_home')
  const [promisedOn, setPromisedOn] = useState(addDays(today, 1))
  const [amountMinor, setAmountMinor] = useState<number | null>(null)
  const [note, setNote] = useState('')
  const [error, setError] = useState<string | null>(null)
  const [isSaving, setSaving] = useState(false)
  const isBusy = useRef(false)
  const isPromise = outcome === 'promised'

  async function save() {
    if (isBusy.current) return
    if (isPromise && promisedOn === '') return setError(t('visit.day_needed'))
    if (isPromise && promisedOn < today) return setError(t('visit.day_past'))
    if (isPromise && lastDay && promisedOn > lastDay) {
      return setError(t('visit.day_far', { day: format.day(lastDay) }))
    }
    isBusy.current = true
    setSaving(true)
    try {
      const words = note.trim() === '' ? undefined : note.trim()
      if (outcome === 'promised') {
        await recordPromise(phone, {
          id: visitId,
          subscriberId: id,
          promisedOn,
          amountMinor: amountMinor === null ? undefined : minor(amountMinor),
          note: words,
        })
      } else {
        const place = await spotNow()
        await recordVisit(phone, { id: visitId, subscriberId: id, outcome, note: words, place })
      }
      toast.success(t('visit.saved'))
      navigate('/collector', { replace: true })
    } catch {
      isBusy.current = false
      setSaving(false)
      setError(t('take.failed'))
    }
  }

  return (
    <>
      <PhoneHeader
        title={t('visit.title')}
        lead={known?.card?.subscriber.name}
        back={{ to: `/collector/subscribers/${id}`, label: common('back') }}
      />
      <form
        className="flex flex-col gap-5"
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          void save()
        }}
      >
        <fieldset className="flex flex-col gap-2">
          <legend className="mb-2 font-medium">{t('visit.what')}</legend>
          {visitOutcomes.map((choice) => (
            <label
              key={choice}
              className="flex min-h-13 items-center gap-3 rounded-md border border-line-strong bg-surface px-4 has-checked:border-accent has-checked:bg-accent-soft"
            >
              <input
                type="radio"
                name="outcome"
                value={choice}
                checked={outcome === choice}
                onChange={() => {
                  setOutcome(choice)
                  setError(null)
                }}
                className="size-5 accent-(--accent)"
              />
              <span className="font-medium">{t(`visit.${choice}`)}</span>
            </label>
          ))}
        </fieldset>
        {isPromise ? (
          <>
            <Field label={t('visit.promised_on')} error={error}>
              <DateInput
                min={today}
                max={lastDay}
                value={promisedOn}
                onChange={(event) => {
                  setPromisedOn(event.target.value)
                  setError(null)
                }}
              />
            </Field>
            <Field label={t('visit.promised_amount')} optional>
              <MoneyInput onMinor={setAmountMinor} />
            </Field>
          </>
        ) : null}
        <Field label={t('visit.note')} optional error={isPromise ? null : error}>
          <TextArea
            rows={2}
            maxLength={300}
            value={note}
            onChange={(event) => setNote(event.target.value)}
          />
        </Field>
        <Button type="submit" variant="primary" size="large" wide busy={isSaving}>
          {t(isPromise ? 'visit.save_promise' : 'visit.save')}
        </Button>
      </form>
    </>
  )
}
