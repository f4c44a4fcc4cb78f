import { data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { pageTexts } from '~/i18n/page-texts'
import { useFormat } from '~/i18n/use-format'
import { useT } from '~/i18n/use-t'
import { requireMember } from '~/server/guard.server'
import { idIn } from '~/server/list-query.server'
import { findPayments, type Payment } from '~/server/payments.server'
import { LinkButton } from '~/ui/base/button'
import { Card } from '~/ui/base/card'
import { EmptyState } from '~/ui/base/empty-state'
import { PageHeader } from '~/ui/base/page-header'
import { Stat, StatGrid } from '~/ui/base/stat'
import type { CollectorRow } from '~/ui/collections/collector-table'
import { DeviceTable, type Device } from '~/ui/collections/device-table'
import { Money } from '~/ui/money/money'
import { useOffice } from '~/ui/office/office-context'
import { PaymentTable } from '~/ui/payments/payment-table'

export const handle = pageTexts('collections')
export const meta: MetaFunction<typeof loader> = ({ data: loaded }) => [
  { title: `${loaded?.collector.full_name ?? ''} · Linyada` },
]

const RECENT_PAYMENTS = 25

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { db, me, headers } = await requireMember(request, 'collections.read')
  const id = idIn(params.collectorId)
  if (!id) throw data({ reason: 'collector_not_found' }, { status: 404, headers })
  const { data: collector } = await db
    .from('collectors')
    .select()
    .eq('id', id)
    .maybeSingle()
    .throwOnError()
  if (!collector) throw data({ reason: 'collector_not_found' }, { status: 404, headers })

  const [payments, devices] = await Promise.all([
    findPayments(db, new URLSearchParams({ collector: id }), me.tenant.time_zone)
      .limit(RECENT_PAYMENTS)
      .throwOnError(),
    db.from('devices').select().eq('member_id', id).order('code').throwOnError(),
  ])
  return data(
    {
      collector: collector as CollectorRow,
      payments: payments.data as Array<Payment>,
      devices: devices.data as Array<Device>,
    },
    { headers },
  )
}

export default function Collector() {
  const { collector, payments, devices } = useLoaderData<typeof loader>()
  const t = useT('collections')
  const format = useFormat()
  const { time_zone } = useOffice()

  return (
    <>
      <PageHeader
        back={{ to: '/office/collections', label: t('collector.back') }}
        title={collector.full_name}
        lead={collector.route_names.join(', ') || t('board.no_routes')}
        actions={
          <LinkButton to={`/office/payments?collector=${collector.id}`}>
            {t('collector.all_payments')}
          </LinkButton>
        }
      />
      <StatGrid>
        <Stat label={t('collector.on_hand')} value={<Money minor={collector.on_hand_minor} />} />
        <Stat
          label={t('board.today')}
          value={<Money minor={collector.collected_today_minor} />}
          hint={t('board.receipts', { count: collector.receipts_today })}
        />
        <Stat
          label={t('board.unsent')}
          value={collector.unsent_count}
          tone={collector.unsent_count > 0 ? 'warn' : 'neutral'}
          hint={
            collector.last_seen_at
              ? format.instant(collector.last_seen_at, time_zone)
              : t('board.never')
          }
        />
        <Stat
          label={t('board.parked')}
          value={collector.parked_count}
          tone={collector.parked_count > 0 ? 'warn' : 'neutral'}
          to="/office/collections/parked"
        />
      </StatGrid>
      <Card title={t('collector.payments')} flush className="mt-5">
        <PaymentTable
          payments={payments}
          timeZone={time_zone}
          isSticky={false}
          hasNoTaker
          empty={<EmptyState title={t('collector.no_payments')} />}
        />
      </Card>
      <Card title={t('collector.phones')} flush className="mt-5">
        <DeviceTable devices={devices} />
      </Card>
    </>
  )
}
