import {
  data,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
} from '@remix-run/node'
import { useLoaderData, useSearchParams } from '@remix-run/react'
import { ChevronLeft, ChevronRight } from 'lucide-react'
import { approveReopen } from '~/commands/approve-reopen'
import { closeMonth } from '~/commands/close-month'
import { refuseReopen } from '~/commands/refuse-reopen'
import { requestReopen } from '~/commands/request-reopen'
import { firstOfMonth } from '~/domain/calendar'
import { withParams } from '~/domain/url-list'
import { pageTexts } from '~/i18n/page-texts'
import { useT } from '~/i18n/use-t'
import { sendCommand } from '~/server/command.server'
import { formOf } from '~/server/form.server'
import { requireMember } from '~/server/guard.server'
import { newId } from '~/server/new-id.server'
import { readPeriods } from '~/server/periods.server'
import { LinkButton } from '~/ui/base/button'
import { Card } from '~/ui/base/card'
import { FilterBar } from '~/ui/base/filter-bar'
import { PageHeader } from '~/ui/base/page-header'
import { OpenRequests, RequestHistory } from '~/ui/books/reopen-requests'
import { PeriodTable } from '~/ui/books/period-table'
import { ExportButtons } from '~/ui/office/export-buttons'
import { ReportTabs } from '~/ui/reports/report-tabs'

export const handle = pageTexts('reports')
export const meta: MetaFunction = () => [{ title: 'Periods · Linyada' }]

export async function loader({ request }: LoaderFunctionArgs) {
  const { db, me, headers } = await requireMember(request, 'ledger.read')
  const periods = await readPeriods(db, new URL(request.url).searchParams, me.tenant.today)
  return data(
    {
      ...periods,
      thisMonth: firstOfMonth(me.tenant.today),
      memberId: me.actor_id,
      requestId: newId(),
    },
    { headers },
  )
}

export async function action({ request }: ActionFunctionArgs) {
  const { db, me, headers } = await requireMember(request, 'ledger.close')
  const answer = await send(await formOf(request, me))
  const reason = answer.ok ? undefined : answer.reason
  return data({ ...answer.reply, reason }, { status: answer.ok ? 200 : 409, headers })

  function send(input: FormData) {
    switch (input.get('intent')) {
      case 'request_reopen':
        return sendCommand(input, requestReopen.input, (value) =>
          db.rpc(requestReopen.name, { request: value }),
        )
      case 'approve_reopen':
        return sendCommand(input, approveReopen.input, (value) => db.rpc(approveReopen.name, value))
      case 'refuse_reopen':
        return sendCommand(input, refuseReopen.input, (value) => db.rpc(refuseReopen.name, value))
      default:
        return sendCommand(input, closeMonth.input, (value) => db.rpc(closeMonth.name, value))
    }
  }
}

export default function Periods() {
  const { year, thisYear, months, shown, requests, thisMonth, memberId, requestId } =
    useLoaderData<typeof loader>()
  const t = useT('reports')
  const [params] = useSearchParams()
  const yearAt = (asked: number) => withParams(params, { year: String(asked) })

  return (
    <>
      <PageHeader
        title={t('periods.title')}
        lead={t('periods.lead')}
        actions={
          <div className="flex flex-wrap items-center gap-2">
            <LinkButton to={yearAt(year - 1)} icon={<ChevronLeft />}>
              {String(year - 1)}
            </LinkButton>
            <span className="tabular px-2 font-semibold">{year}</span>
            {year < thisYear ? (
              <LinkButton to={yearAt(year + 1)} icon={<ChevronRight />}>
                {String(year + 1)}
              </LinkButton>
            ) : null}
          </div>
        }
      />
      <ReportTabs />
      <OpenRequests requests={requests} memberId={memberId} />
      <div className="mb-3">
        <FilterBar
          filters={[
            {
              name: 'state',
              label: t('periods.state'),
              options: (['open', 'soft', 'closed'] as const).map((state) => ({
                value: state,
                label: t(`periods.state.${state}`),
              })),
            },
          ]}
          actions={<ExportButtons to="/office/lists/periods/export" />}
        />
      </div>
      <Card flush>
        <PeriodTable
          months={months}
          shown={shown}
          requests={requests}
          thisMonth={thisMonth}
          requestId={requestId}
        />
      </Card>
      <RequestHistory requests={requests} />
    </>
  )
}
