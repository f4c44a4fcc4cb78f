import { Link } from '@remix-run/react'
import { useState } from 'react'
import { formatMoney } from '~/i18n/format'
import { useFormat } from '~/i18n/use-format'
import { useT } from '~/i18n/use-t'
import { StatusBadge } from '~/ui/base/badge'
import { Button } from '~/ui/base/button'
import { Card } from '~/ui/base/card'
import { Field } from '~/ui/base/field'
import { TextInput } from '~/ui/base/text-input'
import { CommandDialog } from '~/ui/office/command-dialog'
import { useOffice } from '~/ui/office/office-context'
import { findSubscribers } from '~/ui/payments/ask'
import { SubscriberPicker, type FoundSubscriber } from '~/ui/people/subscriber-picker'

export type ParkedCommand = {
  id: string
  member_name: string
  name: string
  input: Record<string, unknown>
  amount_minor: number | null
  receipt_number: string | null
  subscriber_id: string | null
  subscriber_name: string | null
  account_no: string | null
  /** `unidentified` while cash hangs on it. */
  payment_stage: string | null
  reason: string
  happened_at: string
  received_at: string
  settled_at: string | null
  settled_by_name: string | null
  settled_note: string | null
}

const names = [
  'record_payment',
  'record_visit',
  'record_promise',
  'fix_subscriber_contact',
  'submit_remittance',
] as const
const reasons = [
  'nothing_to_remit',
  'remittance_conflict',
  'unknown_subscriber',
  'subscriber_unknown',
  'subscription_unknown',
  'subscription_not_active',
  'not_on_route',
  'invalid_input',
  'invalid_amount',
  'other_content',
  'reference_used',
  'receipt_not_lent',
  'receipt_used',
  'receipt_missing',
  'payment_conflict',
] as const

/** Something a phone sent that could not be done as it stands, with what it was and what to do. */
export function ParkedCommandCard({ command }: { command: ParkedCommand }) {
  const t = useT('collections')
  const format = useFormat()
  const { time_zone, can } = useOffice()
  const amount = command.name === 'record_payment' ? command.amount_minor : null
  const reason = reasons.find((known) => known === command.reason)
  const name = names.find((known) => known === command.name)

  return (
    <Card
      title={
        amount === null
          ? `${name ? t(`parked.name.${name}`) : command.name} · ${command.member_name}`
          : `${t('parked.cash', { amount: formatMoney(amount) })} · ${command.member_name}`
      }
      lead={reason ? t(`reason.${reason}`) : command.reason.replaceAll('_', ' ')}
      actions={
        command.settled_at ? (
          <StatusBadge tone="success">{t('parked.settled')}</StatusBadge>
        ) : can('collections.settle') ? (
          <SettleDialog command={command} hasCash={command.payment_stage === 'unidentified'} />
        ) : (
          <StatusBadge tone="warn">{t('parked.waiting')}</StatusBadge>
        )
      }
    >
      <p className="flex flex-wrap gap-x-5 gap-y-1 text-sm text-soft">
        {command.receipt_number ? (
          <span>{t('parked.receipt', { number: command.receipt_number })}</span>
        ) : null}
        {command.subscriber_name ? (
          <span>
            {t('parked.for', { name: command.subscriber_name, account: command.account_no ?? '' })}
          </span>
        ) : null}
        <span>{t('parked.happened', { at: format.instant(command.happened_at, time_zone) })}</span>
        <span>{t('parked.received', { at: format.instant(command.received_at, time_zone) })}</span>
      </p>
      {command.payment_stage ? (
        <Link
          to={`/office/payments/${command.id}`}
          className="mt-2 inline-block text-sm font-medium text-accent-text hover:underline"
        >
          {t('receipt.open')}
        </Link>
      ) : null}
      {command.settled_by_name ? (
        <p className="mt-2 text-sm text-soft">
          {t('parked.settled_by', { name: command.settled_by_name })}
          {command.settled_note ? ` “${command.settled_note}”` : null}
        </p>
      ) : null}
      <details className="mt-3">
        <summary className="text-sm font-medium text-accent-text hover:underline">
          {t('parked.content')}
        </summary>
        <pre className="mt-2 overflow-x-auto rounded-md bg-sunken p-3 font-mono text-xs whitespace-pre-wrap">
          {JSON.stringify(command.input, null, 2)}
        </pre>
      </details>
    </Card>
  )
}

function SettleDialog({ command, hasCash }: { command: ParkedCommand; hasCash: boolean }) {
  const t = useT('collections')
  const [subscriber, setSubscriber] = useState<FoundSubscriber | null>(null)

  function submitWords() {
    if (subscriber) return t('parked.post', { name: subscriber.name })
    return hasCash ? t('parked.choose') : t('parked.close')
  }

  return (
    <CommandDialog
      trigger={<Button size="small">{t('parked.settle')}</Button>}
      title={hasCash ? t('parked.sheet') : t('parked.settle')}
      lead={hasCash ? t('parked.sheet_lead') : undefined}
      action="/office/collections/parked"
      intent="settle"
      submit={submitWords()}
      done={t('parked.done_toast')}
    >
      {(errors) => (
        <>
          <input type="hidden" name="command_id" value={command.id} />
          <input type="hidden" name="subscriber_id" value={subscriber?.id ?? ''} />
          {hasCash && !subscriber ? (
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
          <Field label={t('parked.note')} error={errors('note')} optional>
            <TextInput name="note" maxLength={300} />
          </Field>
        </>
      )}
    </CommandDialog>
  )
}
