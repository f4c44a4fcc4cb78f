import {
  data,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
} from '@remix-run/node'
import { useLoaderData, useSearchParams } from '@remix-run/react'
import { Landmark } from 'lucide-react'
import { voidBankDeposit } from '~/commands/void-bank-deposit'
import { addDays } from '~/domain/calendar'
import { isNarrowed } from '~/domain/url-list'
import { pageTexts } from '~/i18n/page-texts'
import { useT } from '~/i18n/use-t'
import { sendCommand } from '~/server/command.server'
import { formOf } from '~/server/form.server'
import { requireMember } from '~/server/guard.server'
import { readPage } from '~/server/list-query.server'
import { findBankDeposits, waitingForBank } from '~/server/remittances.server'
import { LinkButton } from '~/ui/base/button'
import { EmptyState } from '~/ui/base/empty-state'
import { PageHeader } from '~/ui/base/page-header'
import { Stat, StatGrid } from '~/ui/base/stat'
import { DepositTable } from '~/ui/cash/deposit-table'
import { CollectionTabs } from '~/ui/collections/collection-tabs'
import { Money } from '~/ui/money/money'
import { FilteredList } from '~/ui/office/filtered-list'
import { useOffice } from '~/ui/office/office-context'

export const handle = pageTexts('collections', 'custody')
export const meta: MetaFunction = () => [{ title: 'Bank deposits · Linyada' }]

const MONTH_DAYS = 30

export async function loader({ request }: LoaderFunctionArgs) {
  const { db, me, headers } = await requireMember(request, 'collections.read')
  const params = new URL(request.url).searchParams
  const [deposits, lately, office, waiting] = await Promise.all([
    readPage(findBankDeposits(db, params), params, headers),
    db
      .from('bank_deposits')
      .select('amount_minor')
      .is('voided_at', null)
      .gt('deposited_on', addDays(me.tenant.today, -MONTH_DAYS))
      .throwOnError(),
    db.rpc('office_cash').throwOnError(),
    waitingForBank(db),
  ])
  return data(
    {
      deposits: deposits.rows,
      total: deposits.total,
      latelyMinor: sumOf(lately.data as Array<{ amount_minor: number }>),
      officeMinor: Number(office.data),
      waiting,
      meId: me.actor_id,
    },
    { headers },
  )
}

function sumOf(rows: ReadonlyArray<{ amount_minor: number }>) {
  return rows.reduce((sum, row) => sum + row.amount_minor, 0)
}

export async function action({ request }: ActionFunctionArgs) {
  const { db, me, headers } = await requireMember(request, 'remittances.approve')
  const answer = await sendCommand(await formOf(request, me), voidBankDeposit.input, (value) =>
    db.rpc(voidBankDeposit.name, value),
  )
  return data(answer.reply, { status: answer.ok ? 200 : 409, headers })
}

export default function Deposits() {
  const { deposits, total, latelyMinor, officeMinor, waiting, meId } =
    useLoaderData<typeof loader>()
  const t = useT('custody')
  const collections = useT('collections')
  const { can } = useOffice()
  const [params] = useSearchParams()

  return (
    <>
      <PageHeader
        title={collections('board.title')}
        actions={
          can('remittances.count') ? (
            <LinkButton to="/office/collections/deposits/new" variant="primary" icon={<Landmark />}>
              {t('deposits.new')}
            </LinkButton>
          ) : undefined
        }
      />
      <CollectionTabs />
      <StatGrid>
        <Stat
          label={t('deposits.office')}
          value={<Money minor={officeMinor} />}
          hint={t('deposits.office_hint')}
        />
        <Stat
          label={t('deposits.waiting')}
          value={<Money minor={waiting.reduce((sum, row) => sum + row.counted_minor, 0)} />}
          hint={t('deposits.waiting_hint', { count: waiting.length })}
          to="/office/collections/remittances?state=accepted"
        />
        <Stat label={t('deposits.month')} value={<Money minor={latelyMinor} />} />
      </StatGrid>
      <div className="mt-5">
        {' '}
        <FilteredList
          search={{ label: t('deposits.search') }}
          filters={[
            {
              name: 'state',
              label: t('deposits.filter_state'),
              options: (['standing', 'void'] as const).map((state) => ({
                value: state,
                label: t(`deposits.state.${state}`),
              })),
            },
            { kind: 'day', name: 'from', label: t('deposits.from') },
            { kind: 'day', name: 'until', label: t('deposits.until') },
          ]}
          exportTo="/office/lists/bank-deposits/export"
          total={total}
        >
          <DepositTable
            deposits={deposits}
            meId={meId}
            empty={isNarrowed(params) ? <EmptyState title={t('deposits.none_fit')} /> : undefined}
          />
        </FilteredList>
      </div>
    </>
  )
}
