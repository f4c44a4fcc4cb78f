import { CircleCheck, CircleX } from 'lucide-react'
import type { Why } from '~/domain/why'
import { formatMoney } from '~/i18n/format'
import { useFormat } from '~/i18n/use-format'
import { useT } from '~/i18n/use-t'
import { Card } from '~/ui/base/card'
import { Timeline } from '~/ui/base/timeline'
import { toneOf, useSentences, type Where } from './sentences'

/** Is it on, why not, what comes next. */
export function WhyNow({ why, where }: { why: Why; where: Where }) {
  const t = useT('why')
  const say = useSentences(where)
  const next = say.next(why)

  return (
    <Card>
      <ul className="flex flex-col gap-4">
        {why.services.length === 0 ? <li>{t('no_service')}</li> : null}
        {why.services.map((service) => {
          const plan = service.label ? `${service.plan_name} · ${service.label}` : service.plan_name
          return (
            <li key={service.id} className="flex gap-3">
              {service.is_on ? (
                <CircleCheck className="mt-0.5 size-5 shrink-0 text-success" aria-hidden="true" />
              ) : (
                <CircleX className="mt-0.5 size-5 shrink-0 text-danger" aria-hidden="true" />
              )}
              <div className="min-w-0">
                <p className="font-medium">
                  {service.is_on ? t('is_on', { plan }) : t('is_off', { plan })}
                </p>
                {service.causes.map((cause) => (
                  <p key={`${cause.code}${cause.at ?? ''}`} className="break-words text-soft">
                    {say.cause(cause)}
                  </p>
                ))}
              </div>
            </li>
          )
        })}
      </ul>
      <div className="mt-4 flex flex-col gap-1 border-t border-line pt-4">
        <p>{say.open(why)}</p>
        {why.reconnect_minor > 0 ? (
          <p className="font-medium">
            {t('reconnect', { amount: formatMoney(why.reconnect_minor, where.currency) })}
          </p>
        ) : null}
        {next.map((sentence) => (
          <p key={sentence} className="text-soft">
            {sentence}
          </p>
        ))}
      </div>
    </Card>
  )
}

/** The open invoices, line by line. */
export function WhyCharged({ why, where }: { why: Why; where: Where }) {
  const t = useT('why')
  const format = useFormat()
  const money = (minor: number) => formatMoney(minor, where.currency)

  return (
    <Card title={t('charges')}>
      {why.charges.length === 0 ? <p className="text-soft">{t('charges.none')}</p> : null}
      <ul className="flex flex-col gap-5">
        {why.charges.map((invoice) => (
          <li key={invoice.invoice_id}>
            <p className="font-medium">
              {t('charges.of', { number: invoice.number, day: format.day(invoice.due_on) })}
            </p>
            <ul className="mt-1 divide-y divide-line">
              {invoice.lines.map((line, index) => (
                <li key={index} className="flex justify-between gap-4 py-1.5 text-soft">
                  <span className="min-w-0 break-words">{line.description}</span>
                  <span className="tabular shrink-0">{money(line.total_minor)}</span>
                </li>
              ))}
            </ul>
            <p className="mt-1 text-right text-sm">
              {t('charges.left', {
                amount: money(invoice.balance_minor),
                total: money(invoice.total_minor),
              })}
            </p>
          </li>
        ))}
      </ul>
    </Card>
  )
}

/** What happened, newest first. */
export function WhyStory({ why, where }: { why: Why; where: Where }) {
  const t = useT('why')
  const say = useSentences(where)

  return (
    <Card title={t('story')}>
      {why.events.length === 0 ? <p className="text-soft">{t('story.none')}</p> : null}
      <Timeline
        items={why.events.map((event, index) => ({
          id: `${event.at}${event.code}${index}`,
          title: <span className="font-normal break-words">{say.event(event)}</span>,
          at: say.when(event),
          tone: toneOf(event),
        }))}
      />
    </Card>
  )
}
