import {
  data,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
} from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { endLoan } from '~/commands/end-loan'
import { handOverRoutes } from '~/commands/hand-over-routes'
import { lendRoutes } from '~/commands/lend-routes'
import { repayShortage } from '~/commands/repay-shortage'
import { setCollectorLimits } from '~/commands/set-collector-limits'
import { limitState } from '~/domain/limit'
import { formatMoney } from '~/i18n/format'
import { pageTexts } from '~/i18n/page-texts'
import { useFormat } from '~/i18n/use-format'
import { useT } from '~/i18n/use-t'
import { sendCommand } from '~/server/command.server'
import { formOf } from '~/server/form.server'
import { requireMember } from '~/server/guard.server'
import { idIn } from '~/server/list-query.server'
import { newId } from '~/server/new-id.server'
import { firstRows } from '~/server/listing.server'
import { findPayments } from '~/server/payments.server'
import type { Remittance } from '~/server/remittances.server'
import { collectorsOf, loansOf, routesOf } from '~/server/routes.server'
import type { Db } from '~/server/supabase.server'
import { LinkButton } from '~/ui/base/button'
import { Card } from '~/ui/base/card'
import { EmptyState } from '~/ui/base/empty-state'
import { PageHeader } from '~/ui/base/page-header'
import { Stat, StatGrid } from '~/ui/base/stat'
import { LimitsCard, ShortageCard, type Limits } from '~/ui/cash/collector-cards'
import { RemittanceTable } from '~/ui/cash/remittance-table'
import type { CollectorRow } from '~/ui/collections/collector-table'
import { DeviceTable, type Device } from '~/ui/collections/device-table'
import { HandOverDialog } from '~/ui/collections/hand-over-dialog'
import { LoanCard } from '~/ui/collections/loan-card'
import { Money } from '~/ui/money/money'
import { useOffice } from '~/ui/office/office-context'
import { PaymentTable } from '~/ui/payments/payment-table'

export const handle = pageTexts('collections', 'custody', 'oversight')
export const meta: MetaFunction<typeof loader> = ({ data: loaded }) => [
  { title: `${loaded?.collector.full_name ?? ''} · Linyada` },
]

const RECENT_PAYMENTS = 25
const limitTones = { fine: 'neutral', warn: 'warn', stop: 'danger' } as const
const RECENT_REMITTANCES = 5
const UNSET: Limits = { cash_limit_minor: null, unsent_limit: null, unsent_hours: null }

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

  const [payments, devices, remittances, own, isp, routes, walkers, loans] = await Promise.all([
    firstRows(
      findPayments(db, new URLSearchParams({ collector: id }), me.tenant.time_zone),
      RECENT_PAYMENTS,
    ),
    db.from('devices').select().eq('member_id', id).order('code').throwOnError(),
    db
      .from('remittances')
      .select()
      .eq('collector_id', id)
      .order('submitted_at', { ascending: false })
      .limit(RECENT_REMITTANCES)
      .throwOnError(),
    db.from('collector_limits').select().eq('id', id).maybeSingle().throwOnError(),
    db
      .from('billing_settings')
      .select('collector_cash_limit_minor, collector_unsent_limit, collector_unsent_hours')
      .single()
      .throwOnError(),
    routesOf(db),
    collectorsOf(db),
    loansOf(db, id),
  ])
  const everybody = isp.data as {
    collector_cash_limit_minor: number | null
    collector_unsent_limit: number
    collector_unsent_hours: number
  }
  return data(
    {
      collector: collector as CollectorRow,
      payments,
      devices: devices.data as Array<Device>,
      remittances: remittances.data as Array<Remittance>,
      own: (own.data ?? UNSET) as Limits,
      isp: {
        cash_limit_minor: everybody.collector_cash_limit_minor,
        unsent_limit: everybody.collector_unsent_limit,
        unsent_hours: everybody.collector_unsent_hours,
      },
      routes: routes.filter(({ collector_id }) => collector_id === id),
      others: walkers
        .filter((walker) => walker.id !== id)
        .map((walker) => ({ id: walker.id, name: walker.full_name })),
      loans,
      loanId: newId(),
      today: me.tenant.today,
      repaymentId: newId(),
      isMe: id === me.actor_id,
    },
    { headers },
  )
}

export async function action({ request }: ActionFunctionArgs) {
  const { db, me, headers } = await requireMember(request)
  const form = await formOf(request, me)
  const answer = await obey(form, db)
  return data(answer.reply, { status: answer.ok ? 200 : 409, headers })
}

function obey(form: FormData, db: Db) {
  switch (form.get('intent')) {
    case 'limits':
      return sendCommand(form, setCollectorLimits.input, (limits) =>
        db.rpc(setCollectorLimits.name, { limits }),
      )
    case 'hand_over':
      return sendCommand(form, handOverRoutes.input, (value) => db.rpc(handOverRoutes.name, value))
    case 'lend':
      return sendCommand(form, lendRoutes.input, (loan) => db.rpc(lendRoutes.name, { loan }))
    case 'end_loan':
      return sendCommand(form, endLoan.input, (value) => db.rpc(endLoan.name, value))
    default:
      return sendCommand(form, repayShortage.input, (repayment) =>
        db.rpc(repayShortage.name, { repayment }),
      )
  }
}

export default function Collector() {
  const loaded = useLoaderData<typeof loader>()
  const { collector, payments, devices, remittances, own, isp, repaymentId, isMe } = loaded
  const t = useT('collections')
  const custody = useT('custody')
  const format = useFormat()
  const { time_zone, currency, can } = useOffice()

  return (
    <>
      <PageHeader
        back={{ to: '/office/collections', label: t('collector.back') }}
        title={collector.full_name}
        lead={collector.route_names.join(', ') || t('board.no_routes')}
        actions={
          <>
            {can('remittances.count') && !isMe ? (
              <LinkButton to={`/office/collections/collectors/${collector.id}/hand-in`}>
                {custody('for.action')}
              </LinkButton>
            ) : null}
            {can('places.manage') && loaded.routes.length > 0 && loaded.others.length > 0 ? (
              <HandOverDialog
                collector={collector}
                routes={loaded.routes}
                others={loaded.others}
                loanId={loaded.loanId}
                today={loaded.today}
              />
            ) : null}
            <LinkButton to={`/office/payments?collector=${collector.id}`}>
              {t('collector.all_payments')}
            </LinkButton>
          </>
        }
      />
      <StatGrid>
        <Stat
          label={t('collector.on_hand')}
          value={<Money minor={collector.on_hand_minor} />}
          tone={limitTones[limitState(collector.on_hand_minor, collector.cash_limit_minor)]}
          hint={
            collector.cash_limit_minor === null
              ? undefined
              : custody('board.of_limit', {
                  limit: formatMoney(collector.cash_limit_minor, currency),
                })
          }
        />
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
      <div className="mt-5 grid gap-5 lg:grid-cols-2">
        <LimitsCard collector={collector} own={own} isp={isp} />
        <ShortageCard
          key={repaymentId}
          collector={collector}
          repaymentId={repaymentId}
          isMe={isMe}
        />
      </div>
      {loaded.loans.length > 0 ? (
        <LoanCard loans={loaded.loans} collectorId={collector.id} />
      ) : null}
      <Card title={custody('collector.remittances')} flush className="mt-5">
        <RemittanceTable
          remittances={remittances}
          isSticky={false}
          hasNoCollector
          empty={<EmptyState title={custody('collector.no_remittances')} />}
        />
      </Card>
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
