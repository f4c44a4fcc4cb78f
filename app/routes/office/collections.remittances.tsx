import {
  data,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
} from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { approveVariance } from '~/commands/approve-variance'
import { countRemittance } from '~/commands/count-remittance'
import { pageTexts } from '~/i18n/page-texts'
import { useT } from '~/i18n/use-t'
import { sendCommand } from '~/server/command.server'
import { formOf } from '~/server/form.server'
import { requireMember } from '~/server/guard.server'
import { Card } from '~/ui/base/card'
import { PageHeader } from '~/ui/base/page-header'
import { CollectionTabs } from '~/ui/collections/collection-tabs'
import { RemittanceTable, type Remittance } from '~/ui/collections/remittance-table'

export const handle = pageTexts('collections')
export const meta: MetaFunction = () => [{ title: 'Remittances · Linyada' }]

const RECENT_REMITTANCES = 100

// What the collector declared is not read: who counts must count, not compare.
const columns =
  'id, collector_name, state, submitted_at, expected_minor, counted_minor, variance_minor, counted_by_name, approved_by_name, note'

export async function loader({ request }: LoaderFunctionArgs) {
  const { db, headers } = await requireMember(request, 'collections.read')
  const { data: remittances } = await db
    .from('remittances')
    .select(columns)
    .order('submitted_at', { ascending: false })
    .limit(RECENT_REMITTANCES)
    .throwOnError()
  return data({ remittances: remittances as Array<Remittance> }, { headers })
}

export async function action({ request }: ActionFunctionArgs) {
  const { db, me, headers } = await requireMember(request)
  const form = await formOf(request, me)
  const answer =
    form.get('intent') === 'approve'
      ? await sendCommand(form, approveVariance.input, (value) =>
          db.rpc(approveVariance.name, value),
        )
      : await sendCommand(form, countRemittance.input, (value) =>
          db.rpc(countRemittance.name, value),
        )
  return data(answer.reply, { status: answer.ok ? 200 : 409, headers })
}

export default function Remittances() {
  const { remittances } = useLoaderData<typeof loader>()
  const t = useT('collections')

  return (
    <>
      <PageHeader title={t('board.title')} />
      <CollectionTabs />
      <Card flush>
        <RemittanceTable remittances={remittances} />
      </Card>
    </>
  )
}
