import { data, type LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData, useSearchParams } from '@remix-run/react'
import { Plus, Tags } from 'lucide-react'
import { formatCount } from '~/i18n/format'
import { useT } from '~/i18n/use-t'
import { requireMember } from '~/server/guard.server'
import { plansOf } from '~/server/plans.server'
import { StatusBadge } from '~/ui/base/badge'
import { LinkButton } from '~/ui/base/button'
import { Card } from '~/ui/base/card'
import { EmptyState } from '~/ui/base/empty-state'
import { Table } from '~/ui/base/table'
import { MoneyCell } from '~/ui/money/money'
import { ListBar } from '~/ui/office/list-bar'
import { useOffice } from '~/ui/office/office-context'

export async function loader({ request }: LoaderFunctionArgs) {
  const { db, headers } = await requireMember(request, 'plans.manage')
  const { searchParams } = new URL(request.url)
  return data({ plans: await plansOf(db, searchParams) }, { headers })
}

export default function Plans() {
  const { plans } = useLoaderData<typeof loader>()
  const { currency } = useOffice()
  const t = useT('catalog')
  const [params] = useSearchParams()
  const isNarrowed = params.has('q') || params.has('mode')
  const add = (
    <LinkButton variant="primary" icon={<Plus />} to="/office/settings/plans/new">
      {t('add')}
    </LinkButton>
  )

  return (
    <Card title={t('title')} lead={t('lead')} actions={add} flush>
      <ListBar
        list="plans"
        search={{ label: t('search') }}
        filters={[
          {
            name: 'mode',
            label: t('mode'),
            options: (['postpaid', 'prepaid'] as const).map((mode) => ({
              value: mode,
              label: t(`mode.${mode}`),
            })),
          },
        ]}
      />
      <Table
        caption={t('title')}
        rows={plans}
        rowKey={(plan) => plan.id}
        rowHref={(plan) => `/office/settings/plans/${plan.id}`}
        isSticky={false}
        empty={
          isNarrowed ? (
            <EmptyState title={t('none_fit')} />
          ) : (
            <EmptyState icon={<Tags />} title={t('empty')} actions={add}>
              {t('empty_body')}
            </EmptyState>
          )
        }
        columns={[
          { key: 'name', header: t('name'), sort: 'name', cell: (plan) => plan.name },
          {
            key: 'mode',
            header: t('mode'),
            sort: 'billing_mode',
            cell: (plan) => t(`mode.${plan.billing_mode}`),
          },
          {
            key: 'speed',
            header: t('speed'),
            isMinor: true,
            isNarrow: true,
            cell: (plan) => (
              <span className="tabular">
                {t('mbps', { down: plan.down_mbps, up: plan.up_mbps })}
              </span>
            ),
          },
          {
            key: 'price',
            header: t('price'),
            sort: 'price_minor',
            align: 'right',
            cell: (plan) => <MoneyCell minor={plan.price_minor ?? 0} currency={currency} />,
          },
          {
            key: 'services',
            header: t('services'),
            sort: 'subscription_count',
            align: 'right',
            isMinor: true,
            cell: (plan) => <span className="tabular">{formatCount(plan.subscription_count)}</span>,
          },
          {
            key: 'state',
            header: t('state'),
            cell: (plan) => (
              <StatusBadge tone={plan.is_active ? 'success' : 'neutral'}>
                {plan.is_active ? t('on_offer') : t('withdrawn')}
              </StatusBadge>
            ),
          },
        ]}
      />
    </Card>
  )
}
