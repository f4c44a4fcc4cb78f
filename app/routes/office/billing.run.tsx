import {
  data,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
} from '@remix-run/node'
import { useLoaderData, useSearchParams } from '@remix-run/react'
import { pauseBillingRun } from '~/commands/pause-billing-run'
import { resumeBillingRun } from '~/commands/resume-billing-run'
import { runBilling } from '~/commands/run-billing'
import { addDays } from '~/domain/calendar'
import { PAGE_ROWS } from '~/domain/url-list'
import { pageTexts } from '~/i18n/page-texts'
import { useFormat } from '~/i18n/use-format'
import { useT } from '~/i18n/use-t'
import { INVOICES_PER_FILE, readBatch } from '~/server/batch.server'
import { findExceptions, readRun } from '~/server/billing.server'
import { sendCommand } from '~/server/command.server'
import { formOf } from '~/server/form.server'
import { requireMember } from '~/server/guard.server'
import { readPage } from '~/server/list-query.server'
import { newId } from '~/server/new-id.server'
import { Card } from '~/ui/base/card'
import { FilterBar } from '~/ui/base/filter-bar'
import { PageHeader } from '~/ui/base/page-header'
import { Pagination } from '~/ui/base/pagination'
import { exceptionReasons, ExceptionTable } from '~/ui/billing/exception-table'
import { RunFacts } from '~/ui/billing/run-facts'
import { RunProgress } from '~/ui/billing/run-progress'
import { ExportButtons } from '~/ui/office/export-buttons'
import { RunPapers } from '~/ui/papers/run-papers'
import { RunState } from '~/ui/billing/run-state'

export const handle = pageTexts('billing')
export const meta: MetaFunction = () => [{ title: 'Billing run · Linyada' }]

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { db, headers } = await requireMember(request, 'billing.read')
  const run = await readRun(db, params.runId)
  if (!run) throw data({ reason: 'run_not_found' }, { status: 404, headers })

  const asked = new URL(request.url).searchParams
  const exceptions = await readPage(findExceptions(db, run.id, asked), asked, headers)
  const batch = run.standing === 'done' ? await readBatch(db, run.id) : null
  return data(
    {
      run,
      exceptions: exceptions.rows,
      exceptionCount: exceptions.total,
      batch,
      batchId: newId(),
      perFile: INVOICES_PER_FILE,
    },
    { headers },
  )
}

/** `step` bills one more chunk; the page asks for the next when the answer is there. */
export async function action({ request }: ActionFunctionArgs) {
  const { db, me, headers } = await requireMember(request, 'billing.run')
  const form = await formOf(request, me)
  const answer = await send(form)
  return data(answer.reply, { status: answer.ok ? 200 : 409, headers })

  function send(input: FormData) {
    switch (input.get('intent')) {
      case 'pause':
        return sendCommand(input, pauseBillingRun.input, (value) =>
          db.rpc(pauseBillingRun.name, value),
        )
      case 'resume':
        return sendCommand(input, resumeBillingRun.input, (value) =>
          db.rpc(resumeBillingRun.name, value),
        )
      default:
        return sendCommand(input, runBilling.input, (value) => db.rpc(runBilling.name, value))
    }
  }
}

export default function BillingRun() {
  const { run, exceptions, exceptionCount, batch, batchId, perFile } =
    useLoaderData<typeof loader>()
  const t = useT('billing')
  const format = useFormat()
  const [params] = useSearchParams()
  const isNarrowed = params.has('q') || params.has('reason')

  return (
    <>
      <PageHeader
        back={{ to: '/office/billing', label: t('title') }}
        title={t('run.title', { month: format.month(run.period) })}
        state={<RunState standing={run.standing} />}
        lead={t('run.period', {
          from: format.day(run.period),
          until: format.day(addDays(run.period_until, -1)),
        })}
      />
      <div className="grid items-start gap-5 lg:grid-cols-[3fr_2fr]">
        <RunProgress run={run} />
        <RunFacts run={run} />
      </div>
      {run.standing === 'done' ? (
        <RunPapers run={run} batch={batch} batchId={batchId} perFile={perFile} />
      ) : null}
      <Card
        title={t('exceptions.title')}
        lead={t('exceptions.lead')}
        flush
        className="mt-5"
        footer={exceptionCount > PAGE_ROWS ? <Pagination total={exceptionCount} /> : null}
      >
        {exceptionCount > 0 || isNarrowed ? (
          <div className="border-b border-line p-3">
            <FilterBar
              isPart
              search={{ label: t('exceptions.search') }}
              filters={[
                {
                  name: 'reason',
                  label: t('column.reason'),
                  options: exceptionReasons.map((reason) => ({
                    value: reason,
                    label: t(`exception.${reason}`),
                  })),
                },
              ]}
              actions={<ExportButtons to="/office/lists/exceptions/export" of={{ run: run.id }} />}
            />
          </div>
        ) : null}
        {exceptions.length > 0 ? (
          <ExceptionTable isSortable exceptions={exceptions} />
        ) : (
          <p className="px-4 py-4 text-soft sm:px-5">
            {isNarrowed ? t('exceptions.none_fit') : t('exceptions.none')}
          </p>
        )}
      </Card>
    </>
  )
}
