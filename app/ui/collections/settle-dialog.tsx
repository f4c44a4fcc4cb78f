import { useState } from 'react'
import type { Parked } from '~/domain/parked'
import { useT } from '~/i18n/use-t'
import { Button } from '~/ui/base/button'
import { Field } from '~/ui/base/field'
import { MoneyInput } from '~/ui/base/money-input'
import { TextInput } from '~/ui/base/text-input'
import { CommandDialog } from '~/ui/office/command-dialog'
import { findSubscribers } from '~/ui/payments/ask'
import { SubscriberPicker, type FoundSubscriber } from '~/ui/people/subscriber-picker'

/** `cash`: it must get a subscriber. `either`: it may get one. `none`: it can only be closed. */
function wayOf({ kind, name, payment_stage, reason }: Parked) {
  if (kind === 'alarm') {
    const isApart = reason === 'other_content' || reason === 'unreadable'
    return isApart && (name === 'record_payment' || name === '?') ? 'either' : 'none'
  }
  if (payment_stage === 'unidentified') return 'cash'
  if (name === 'record_payment') return payment_stage === null ? 'either' : 'none'
  const correctable = ['record_visit', 'record_promise', 'fix_subscriber_contact']
  return correctable.includes(name) ? 'either' : 'none'
}

/** Whoever the collector stood before, where the phone said so and that is somebody here: mostly it was them. */
function sentFor({ kind, subscriber_id, subscriber_name, account_no }: Parked) {
  if (kind === 'alarm' || !subscriber_id || !subscriber_name) return null
  return { id: subscriber_id, name: subscriber_name, account_no: account_no ?? '' }
}

type Chosen = Pick<FoundSubscriber, 'id' | 'name' | 'account_no'>

/** A person says what becomes of something that waits: whose it was, or why nothing is done. */
export function SettleDialog({ parked }: { parked: Parked }) {
  const t = useT('collections')
  const [subscriber, setSubscriber] = useState<Chosen | null>(() => sentFor(parked))
  const way = wayOf(parked)
  const isCash = parked.name === 'record_payment' || parked.kind === 'alarm'
  const asksAmount = subscriber !== null && isCash && way !== 'cash' && parked.amount_minor === null

  function title() {
    if (way === 'none') return t('parked.settle')
    return t(isCash ? 'parked.sheet' : 'parked.sheet_correct')
  }

  function lead() {
    if (way === 'none') return t('parked.close_lead')
    if (parked.kind === 'alarm') return t('parked.alarm_lead')
    return t(isCash ? 'parked.cash_lead' : 'parked.correct_lead')
  }

  function submitWords() {
    if (subscriber) return t(isCash ? 'parked.post' : 'parked.correct', { name: subscriber.name })
    return t(way === 'cash' ? 'parked.choose' : 'parked.close')
  }

  return (
    <CommandDialog
      trigger={<Button size="small">{t('parked.settle')}</Button>}
      title={title()}
      lead={lead()}
      action="/office/collections/parked"
      intent={parked.kind}
      submit={submitWords()}
      done={t('parked.done_toast')}
    >
      {(errors) => (
        <>
          <input
            type="hidden"
            name={parked.kind === 'alarm' ? 'alarm_id' : 'command_id'}
            value={parked.id}
          />
          <input type="hidden" name="subscriber_id" value={subscriber?.id ?? ''} />
          {way !== 'none' && !subscriber ? (
            <SubscriberPicker find={findSubscribers} onPick={setSubscriber} />
          ) : null}
          {subscriber ? (
            <p className="flex items-center justify-between gap-4 rounded-md bg-sunken px-3 py-2">
              <span>
                <span className="font-medium">{subscriber.name}</span>{' '}
                <span className="text-faint">{subscriber.account_no}</span>
              </span>
              <Button size="small" variant="quiet" onClick={() => setSubscriber(null)}>
                {t('take.change')}
              </Button>
            </p>
          ) : null}
          {asksAmount ? (
            <Field
              label={t('parked.amount')}
              hint={t('parked.amount_hint')}
              error={errors('amount_minor')}
              required
            >
              <MoneyInput name="amount_minor" />
            </Field>
          ) : null}
          <Field
            label={t('parked.reason')}
            error={errors('note')}
            {...(subscriber && parked.kind === 'command' ? { optional: true } : { required: true })}
          >
            <TextInput name="note" maxLength={300} />
          </Field>
        </>
      )}
    </CommandDialog>
  )
}
