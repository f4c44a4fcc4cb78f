import { data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { Wallet } from 'lucide-react'
import { pageTexts } from '~/i18n/page-texts'
import { useT } from '~/i18n/use-t'
import { requireMember } from '~/server/guard.server'
import { paymentPage } from '~/server/payments.server'
import { LinkButton } from '~/ui/base/button'
import type { Filter } from '~/ui/base/filter-bar'
import { PageHeader } from '~/ui/base/page-header'
import { FilteredList } from '~/ui/office/filtered-list'
import { NoRows } from '~/ui/office/no-rows'
import { useOffice } from '~/ui/office/office-context'
import { PaymentTable } from '~/ui/payments/payment-table'
import { PaymentTabs } from '~/ui/payments/payment-tabs'
import { usePaymentWords } from '~/ui/payments/words'

export const handle = pageTexts('collections')
export const meta: MetaFunction = () => [{ title: 'Payments · Linyada' }]

type Member = { id: string; full_name: string }

export async function loader({ request }: LoaderFunctionArgs) {
  const { db, me, headers } = await requireMember(request, 'payments.read')
  const params = new URL(request.url).searchParams

  const [found, members] = await Promise.all([
    paymentPage(db, params, me.tenant.time_zone, headers),
    db.from('members').select('id, full_name').order('full_name').throwOnError(),
  ])
  return data(
    {
      payments: found.rows,
      total: found.total,
      edges: found.edges,
      members: members.data as Array<Member>,
    },
    { headers },
  )
}

export default function Payments() {
  const { payments, total, edges, members } = useLoaderData<typeof loader>()
  const t = useT('collections')
  const { time_zone, can } = useOffice()

  return (
    <>
      <PageHeader
        title={t('payments.title')}
        actions={
          can('payments.record') ? (
            <LinkButton variant="primary" to="/office/payments/new">
              {t('payments.new')}
            </LinkButton>
          ) : null
        }
      />
      <PaymentTabs />
      <FilteredList
        search={{ label: t('payments.search') }}
        filters={usePaymentFilters(members)}
        exportTo="/office/payments/export"
        total={total}
        edges={edges}
      >
        <PaymentTable payments={payments} timeZone={time_zone} empty={<NoPayments />} />
      </FilteredList>
    </>
  )
}

function usePaymentFilters(members: ReadonlyArray<Member>): Array<Filter> {
  const t = useT('collections')
  const words = usePaymentWords()
  return [
    { kind: 'day', name: 'from', label: t('filter.from') },
    { kind: 'day', name: 'until', label: t('filter.until') },
    {
      name: 'collector',
      label: t('filter.collector'),
      options: members.map((member) => ({ value: member.id, label: member.full_name })),
    },
    { name: 'method', label: t('filter.method'), options: words.methodOptions },
    { name: 'channel', label: t('filter.channel'), options: words.channelOptions },
    { name: 'stage', label: t('filter.stage'), options: words.stageOptions },
  ]
}

function NoPayments() {
  const t = useT('collections')
  return (
    <NoRows
      icon={<Wallet />}
      yet={{ title: t('payments.empty'), body: t('payments.empty_body') }}
      fit={{ title: t('payments.none_fit'), body: t('payments.none_fit_body') }}
    />
  )
}
