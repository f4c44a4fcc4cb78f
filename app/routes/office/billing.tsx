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
import { readAging, readNextRun, readRuns } from '~/server/billing.server'
import { sendCommand } from '~/server/command.server'
import { formOf } from '~/server/form.server'
import { requireMember } from '~/server/guard.server'
import { Card } from '~/ui/base/card'
import { PageHeader } from '~/ui/base/page-header'
import { AgingCard } from '~/ui/billing/aging'
import { BillingTabs } from '~/ui/billing/billing-tabs'
import { LastRunCard } from '~/ui/billing/last-run-card'
import { NextRunCard } from '~/ui/billing/next-run-card'
import { RunTable } from '~/ui/billing/run-table'
import { FormRefusal } from '~/ui/office/form-refusal'

export const handle = pageTexts('billing')
export const meta: MetaFunction = () => [{ title: 'Billing · Linyada' }]

export async function loader({ request }: LoaderFunctionArgs) {
  const { db, headers } = await requireMember(request, 'billing.read')
  const [next, runs, aging] = await Promise.all([readNextRun(db), readRuns(db), readAging(db)])
  return data({ next, runs, aging }, { headers })
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
  const { next, runs, aging } = useLoaderData<typeof loader>()
  const refusal = useActionData<typeof action>()
  const t = useT('billing')
  const lastDone = runs.find((run) => run.standing === 'done')

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
      <Card title={t('history.title')} flush className="mt-5">
        <RunTable runs={runs} />
      </Card>
    </>
  )
}
