import {
  data,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
} from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { Landmark } from 'lucide-react'
import { voidBankDeposit } from '~/commands/void-bank-deposit'
import { addDays } from '~/domain/calendar'
import { pageTexts } from '~/i18n/page-texts'
import { useT } from '~/i18n/use-t'
import { sendCommand } from '~/server/command.server'
import { formOf } from '~/server/form.server'
import { requireMember } from '~/server/guard.server'
import { PAGE_ROWS, pageRange } from '~/server/list-query.server'
import { waitingForBank, type BankDeposit } from '~/server/remittances.server'
import { LinkButton } from '~/ui/base/button'
import { Card } from '~/ui/base/card'
import { PageHeader } from '~/ui/base/page-header'
import { Pagination } from '~/ui/base/pagination'
import { Stat, StatGrid } from '~/ui/base/stat'
import { DepositTable } from '~/ui/cash/deposit-table'
import { CollectionTabs } from '~/ui/collections/collection-tabs'
import { Money } from '~/ui/money/money'
import { useOffice } from '~/ui/office/office-context'

export const handle = pageTexts('collections', 'custody')
export const meta: MetaFunction = () => [{ title: 'Bank deposits · Linyada' }]

const MONTH_DAYS = 30

export async function loader({ request }: LoaderFunctionArgs) {
  const { db, me, headers } = await requireMember(request, 'collections.read')
  const { from, to } = pageRange(new URL(request.url).searchParams)
  const [deposits, lately, office, waiting] = await Promise.all([
    db
      .from('bank_deposits')
      .select('*', { count: 'exact' })
      .order('deposited_on', { ascending: false })
      .order('recorded_at', { ascending: false })
      .range(from, to)
      .throwOnError(),
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
      deposits: deposits.data as Array<BankDeposit>,
      total: deposits.count ?? 0,
      pageSize: PAGE_ROWS,
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
  const { deposits, total, pageSize, latelyMinor, officeMinor, waiting, meId } =
    useLoaderData<typeof loader>()
  const t = useT('custody')
  const collections = useT('collections')
  const { can } = useOffice()

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
      <Card
        flush
        className="mt-5"
        footer={total > 0 ? <Pagination total={total} pageSize={pageSize} /> : null}
      >
        <DepositTable deposits={deposits} meId={meId} />
      </Card>
    </>
  )
}
