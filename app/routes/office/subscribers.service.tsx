import { data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { CirclePause, Power, Repeat, Undo2 } from 'lucide-react'
import { formatDay, formatMoney } from '~/i18n/format'
import { pageTexts } from '~/i18n/page-texts'
import { useT } from '~/i18n/use-t'
import { heldOf } from '~/server/deposits.server'
import { readApprovalLimit } from '~/server/corrections.server'
import { requireMember } from '~/server/guard.server'
import { newId } from '~/server/new-id.server'
import { plansOf } from '~/server/plans.server'
import { findService } from '~/server/service-record.server'
import { StatusBadge } from '~/ui/base/badge'
import { Button } from '~/ui/base/button'
import { Card } from '~/ui/base/card'
import { KeyValue } from '~/ui/base/key-value'
import { PageHeader } from '~/ui/base/page-header'
import { Money } from '~/ui/money/money'
import { useOffice } from '~/ui/office/office-context'
import {
  BillDayDialog,
  ChangePlanDialog,
  EndServiceDialog,
  PauseDialog,
  ReturnDialog,
} from '~/ui/subscribers/change-dialogs'
import { GivenBack } from '~/ui/subscribers/change-quote'
import { InvoiceLines } from '~/ui/subscribers/invoice-lines'
import { ActivateDialog, CancelSaleDialog } from '~/ui/subscribers/sold-service'
import { Changes, Pauses, Terms } from '~/ui/subscribers/service-history'

export const handle = pageTexts('subscribers', 'charges', 'corrections')
export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data?.service.plan_name ?? 'Service'} · ${data?.service.subscriber_name ?? ''}` },
]

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { db, headers } = await requireMember(request, 'subscribers.read')
  const [record, plans, heldMinor, limitMinor] = await Promise.all([
    findService(db, params.subscriberId, params.serviceId),
    plansOf(db),
    heldOf(db, String(params.subscriberId)),
    readApprovalLimit(db),
  ])
  return data(
    {
      ...record,
      deposit: { id: newId(), heldMinor, limitMinor },
      plans: plans.filter(
        (plan) =>
          plan.billing_mode === record.service.billing_mode &&
          (plan.is_active || plan.id === record.service.plan_id),
      ),
    },
    { headers },
  )
}

export default function ServicePage() {
  const { service, terms, pauses, changes, next, plans, deposit } = useLoaderData<typeof loader>()
  const { can, currency, today } = useOffice()
  const t = useT('subscribers')
  const isActive = service.state === 'active'
  const waits = service.state === 'pending'
  const isPostpaid = service.billing_mode === 'postpaid'
  const owner = { subscriberId: service.subscriber_id, serviceId: service.id }
  const billDay = billDayOf(service)
  const price = formatMoney(service.price_minor, currency)

  return (
    <>
      <PageHeader
        back={{
          to: `/office/subscribers/${service.subscriber_id}`,
          label: service.subscriber_name,
        }}
        title={service.label ? `${service.plan_name} · ${service.label}` : service.plan_name}
        state={
          waits ? (
            <StatusBadge tone="info">{t('standing.pending')}</StatusBadge>
          ) : (
            <StatusBadge tone={service.is_on ? 'success' : isActive ? 'danger' : 'neutral'}>
              {t(service.is_on ? 'service.on' : isActive ? 'service.off' : 'standing.ended')}
            </StatusBadge>
          )
        }
        lead={t(isPostpaid ? 'service.postpaid' : 'service.prepaid', { price })}
        actions={
          can('subscribers.manage') ? (
            isActive ? (
              <>
                {isPostpaid ? (
                  <>
                    <ChangePlanDialog
                      {...owner}
                      plans={plans}
                      planId={service.plan_id}
                      trigger={
                        <Button variant="primary" icon={<Repeat />}>
                          {t('plan.change')}
                        </Button>
                      }
                    />
                    <PauseDialog
                      {...owner}
                      trigger={<Button icon={<CirclePause />}>{t('pause.open')}</Button>}
                    />
                  </>
                ) : null}
                <EndServiceDialog
                  {...owner}
                  planName={service.plan_name}
                  isPostpaid={isPostpaid}
                  deposit={can('invoices.manage') ? deposit : null}
                  trigger={
                    <Button variant="quiet" icon={<Power />}>
                      {t('service.end')}
                    </Button>
                  }
                />
              </>
            ) : waits ? (
              <>
                <ActivateDialog {...owner} planName={service.plan_name} />
                <CancelSaleDialog {...owner} planName={service.plan_name} />
              </>
            ) : service.state === 'terminated' ? (
              <ReturnDialog
                {...owner}
                plans={plans}
                planId={service.plan_id}
                day={
                  service.terminated_on && service.terminated_on > today
                    ? service.terminated_on
                    : today
                }
                trigger={
                  <Button variant="primary" icon={<Undo2 />}>
                    {t('return.open')}
                  </Button>
                }
              />
            ) : null
          ) : undefined
        }
      >
        {waits ? <p className="mt-2 text-soft">{t('service.waits_for')}</p> : null}
        {service.is_on || !isActive ? null : (
          <ul className="mt-2 flex flex-col gap-1 text-danger">
            {service.reasons.map((reason) => (
              <li key={reason}>{reason}</li>
            ))}
          </ul>
        )}
      </PageHeader>

      <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,2fr)_minmax(0,1fr)]">
        <div className="flex min-w-0 flex-col gap-5">
          {next ? (
            <Card
              title={t('change.next_invoice')}
              lead={next.period ? formatDay(next.period) : undefined}
              actions={
                next.problem ? undefined : (
                  <Money
                    minor={next.total_minor}
                    currency={currency}
                    className="text-xl font-semibold"
                  />
                )
              }
            >
              <InvoiceLines lines={next.lines} />
              <GivenBack minor={next.credited_minor} />
              {next.problem ? <p className="text-warn">{next.problem}</p> : null}
            </Card>
          ) : null}
          {waits ? null : <Terms {...owner} isActive={isActive} terms={terms} />}
          <Pauses {...owner} isActive={isActive} pauses={pauses} />
          <Changes changes={changes} />
        </div>
        <Card
          title={t('service.facts')}
          actions={
            isPostpaid && isActive && can('subscribers.manage') ? (
              <BillDayDialog {...owner} billDay={billDay} />
            ) : undefined
          }
        >
          <KeyValue
            items={[
              {
                key: t(waits ? 'service.start' : 'service.since'),
                value: service.activated_on
                  ? formatDay(service.activated_on)
                  : t('service.not_begun'),
              },
              isPostpaid && {
                key: t('bill_day'),
                value: /^\d+$/.test(billDay)
                  ? t('bill_day.day', { day: billDay })
                  : t(`bill_day.${billDay as 'isp' | 'anniversary' | 'last'}`),
              },
              service.terminated_on
                ? { key: t('service.ended_on'), value: formatDay(service.terminated_on) }
                : null,
            ]}
          />
        </Card>
      </div>
    </>
  )
}

/** How a person says the bill day that the anchor of the service's periods stands for. */
function billDayOf(service: { bill_anchor_on: string | null; activated_on: string | null }) {
  if (!service.bill_anchor_on) return 'isp'
  if (service.bill_anchor_on === service.activated_on) return 'anniversary'
  const day = Number(service.bill_anchor_on.slice(8))
  return day > 28 ? 'last' : String(day)
}
