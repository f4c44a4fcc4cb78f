import {
  data,
  redirect,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
} from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { runBilling } from '~/commands/run-billing'
import { pageTexts } from '~/i18n/page-texts'
import { useT } from '~/i18n/use-t'
import {
  findRuns,
  readAging,
  readLastDone,
  readNextRun,
  withStanding,
} from '~/server/billing.server'
import { sendCommand } from '~/server/command.server'
import { formOf } from '~/server/form.server'
import { requireMember } from '~/server/guard.server'
import { readPage } from '~/server/list-query.server'
import { PageHeader } from '~/ui/base/page-header'
import { AgingCard } from '~/ui/billing/aging'
import { BillingTabs } from '~/ui/billing/billing-tabs'
import { LastRunCard } from '~/ui/billing/last-run-card'
import { NextRunCard } from '~/ui/billing/next-run-card'
import { RunTable } from '~/ui/billing/run-table'
import { FilteredList } from '~/ui/office/filtered-list'
import { FormRefusal } from '~/ui/office/form-refusal'

export const handle = pageTexts('billing')
export const meta: MetaFunction = () => [{ title: 'Billing · Linyada' }]

export async function loader({ request }: LoaderFunctionArgs) {
  const { db, headers } = await requireMember(request, 'billing.read')
  const params = new URL(request.url).searchParams
  const [next, lastDone, aging, found] = await Promise.all([
    readNextRun(db),
    readLastDone(db),
    readAging(db),
    readPage(findRuns(db, params), params, headers),
  ])
  const runs = found.rows.map(withStanding)
  return data({ next, lastDone, aging, runs, total: found.total }, { headers })
}

export async function action({ request }: ActionFunctionArgs) {
  const { db, me, headers } = await requireMember(request, 'billing.run')
  const answer = await sendCommand(await formOf(request, me), runBilling.input, (value) =>
    db.rpc(runBilling.name, value),
  )
  if (!answer.ok) return data(answer.reply, { status: 409, headers })
  return redirect(`/office/billing/runs/${answer.result.id}`, { headers })
}

export default function Billing() {
  const { next, lastDone, aging, runs, total } = useLoaderData<typeof loader>()
  const refusal = useActionData<typeof action>()
  const t = useT('billing')

  return (
    <>
      <PageHeader title={t('title')} lead={t('lead')} />
      <BillingTabs />
      <FormRefusal errors={refusal?.error?.[''] ?? undefined} />
      <div className="grid items-start gap-5 lg:grid-cols-2">
        <div className="flex flex-col gap-5">
          <NextRunCard next={next} />
          {lastDone ? <LastRunCard run={lastDone} /> : null}
        </div>
        <AgingCard aging={aging} />
      </div>
      <h2 className="mt-8 mb-3 text-base font-semibold">{t('history.title')}</h2>
      <FilteredList
        filters={[
          {
            name: 'state',
            label: t('filter.state'),
            options: (['done', 'running', 'paused', 'failed'] as const).map((state) => ({
              value: state,
              label: t(`run.state.${state}`),
            })),
          },
        ]}
        exportTo="/office/lists/runs/export"
        total={total}
      >
        <RunTable runs={runs} />
      </FilteredList>
    </>
  )
}
