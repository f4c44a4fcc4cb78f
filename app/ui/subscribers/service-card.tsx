import { CirclePause } from 'lucide-react'
import { civilDay } from '~/domain/calendar'
import { formatDay, formatInstant, formatMoney } from '~/i18n/format'
import { useFormat } from '~/i18n/use-format'
import { useT } from '~/i18n/use-t'
import { StatusBadge } from '~/ui/base/badge'
import { Button, LinkButton } from '~/ui/base/button'
import { Card } from '~/ui/base/card'
import { KeyValue } from '~/ui/base/key-value'
import { useOffice } from '~/ui/office/office-context'
import { PrepaidTime } from '~/ui/prepaid/prepaid-time'
import { CloseHoldDialog, OpenHoldDialog } from './service-dialogs'
import { ActivateDialog } from './sold-service'
import type { Hold, Service } from '~/domain/subscriber'

/** One service: on or off and why, what it costs, until when it is paid, and what can be done. */
export function ServiceCard(props: {
  service: Service & { holds: Array<Hold> }
  subscriberId: string
}) {
  const { service, subscriberId } = props
  const { can, currency, time_zone, today } = useOffice()
  const t = useT('subscribers')
  const format = useFormat()
  const isEnded = service.state === 'terminated'
  const waits = service.state === 'pending'
  const paidUntil = service.paid_until ? civilDay(service.paid_until, time_zone) : null
  // An open hold says its own reason below.
  const otherReasons = service.reasons.filter(
    (reason) => !service.holds.some((hold) => reason.endsWith(`: ${hold.reason}`)),
  )
  const price = formatMoney(service.price_minor, currency)

  return (
    <Card
      title={
        <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
          {service.label ? `${service.plan_name} · ${service.label}` : service.plan_name}
          <OnOff service={service} />
        </span>
      }
      lead={
        service.billing_mode === 'prepaid'
          ? t('service.prepaid', { price })
          : t('service.postpaid', { price })
      }
      actions={
        <>
          {can('subscribers.manage') && waits ? (
            <ActivateDialog
              subscriberId={subscriberId}
              serviceId={service.id}
              planName={service.plan_name}
              isSmall
            />
          ) : null}
          {can('subscribers.manage') && !isEnded && !waits ? (
            <OpenHoldDialog
              subscriberId={subscriberId}
              subscriptionId={service.id}
              trigger={
                <Button size="small" icon={<CirclePause />}>
                  {t('hold.open')}
                </Button>
              }
            />
          ) : null}
          <LinkButton
            size="small"
            to={`/office/subscribers/${subscriberId}/services/${service.id}`}
          >
            {t('service.open')}
          </LinkButton>
        </>
      }
    >
      {otherReasons.length === 0 || isEnded || waits ? null : (
        <ul className="mb-3 flex flex-col gap-1">
          {otherReasons.map((reason) => (
            <li key={reason} className="text-danger">
              {reason}
            </li>
          ))}
        </ul>
      )}
      {service.holds.map((hold) => (
        <div
          key={hold.id}
          className="mb-3 flex flex-wrap items-center justify-between gap-3 rounded-md bg-sunken px-3 py-2 text-sm"
        >
          <p className="min-w-0">
            <span className="font-medium">{t(`hold.kind.${hold.kind}`)}</span>: {hold.reason}
            <span className="block text-faint">
              {hold.opened_by_name
                ? t('hold.since_by', {
                    at: formatInstant(hold.opened_at, time_zone),
                    name: hold.opened_by_name,
                  })
                : t('hold.since', { at: formatInstant(hold.opened_at, time_zone) })}
            </span>
          </p>
          {hold.kind !== 'nonpayment' && can('subscribers.manage') ? (
            <CloseHoldDialog subscriberId={subscriberId} holdId={hold.id} />
          ) : null}
        </div>
      ))}
      <KeyValue
        look="grid"
        items={[
          {
            key: t(waits ? 'service.start' : 'service.since'),
            value: service.activated_on ? formatDay(service.activated_on) : t('service.not_begun'),
          },
          paidUntil
            ? {
                key: t('column.paid_until'),
                value: `${formatDay(paidUntil)}, ${format.timeLeft(paidUntil, today)}`,
              }
            : null,
          service.terminated_on
            ? { key: t('service.ended_on'), value: formatDay(service.terminated_on) }
            : null,
        ]}
      />
      {service.billing_mode === 'prepaid' && !isEnded ? (
        <PrepaidTime
          subscriberId={subscriberId}
          subscriptionId={service.id}
          planName={service.plan_name}
          paidUntil={service.paid_until}
        />
      ) : null}
    </Card>
  )
}

function OnOff({ service }: { service: Service }) {
  const t = useT('subscribers')
  if (service.state === 'terminated')
    return <StatusBadge tone="neutral">{t('standing.ended')}</StatusBadge>
  if (service.state === 'pending')
    return <StatusBadge tone="info">{t('standing.pending')}</StatusBadge>
  if (service.is_on) return <StatusBadge tone="success">{t('service.on')}</StatusBadge>
  return <StatusBadge tone="danger">{t('service.off')}</StatusBadge>
}
