import {
  data,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
} from '@remix-run/node'
import { useLoaderData, useSearchParams } from '@remix-run/react'
import { ShieldCheck } from 'lucide-react'
import { formatMoney } from '~/i18n/format'
import { pageTexts } from '~/i18n/page-texts'
import { useT } from '~/i18n/use-t'
import {
  approvalReaders,
  findApprovals,
  readApprovalLimit,
  sendCorrection,
} from '~/server/corrections.server'
import { formOf } from '~/server/form.server'
import { requireMember } from '~/server/guard.server'
import { readPage } from '~/server/list-query.server'
import { EmptyState } from '~/ui/base/empty-state'
import { PageHeader } from '~/ui/base/page-header'
import { ApprovalTable } from '~/ui/corrections/approval-table'
import { kinds } from '~/ui/corrections/words'
import { FilteredList } from '~/ui/office/filtered-list'

export const handle = pageTexts('corrections', 'collections')
export const meta: MetaFunction = () => [{ title: 'Approvals · Linyada' }]

export async function loader({ request }: LoaderFunctionArgs) {
  const { db, me, headers } = await requireMember(request, approvalReaders)
  const params = new URL(request.url).searchParams
  const [found, limitMinor] = await Promise.all([
    readPage(findApprovals(db, params), params, headers),
    readApprovalLimit(db),
  ])
  return data(
    {
      requests: found.rows,
      total: found.total,
      limitMinor,
      memberId: me.actor_id,
    },
    { headers },
  )
}

export async function action({ request }: ActionFunctionArgs) {
  const { db, me, headers } = await requireMember(request)
  const { isDone, reply } = await sendCorrection(db, await formOf(request, me))
  return data(reply, { status: isDone ? 200 : 409, headers })
}

export default function Approvals() {
  const { requests, total, limitMinor, memberId } = useLoaderData<typeof loader>()
  const t = useT('corrections')
  const [params] = useSearchParams()
  const isQueue = params.get('state') === 'waiting'

  return (
    <>
      <PageHeader
        title={t('title')}
        lead={
          limitMinor === null ? t('lead_no_limit') : t('lead', { limit: formatMoney(limitMinor) })
        }
      />
      <FilteredList
        filters={[
          {
            name: 'state',
            label: t('column.state'),
            options: [
              { value: 'waiting', label: t('tab.waiting') },
              { value: 'decided', label: t('tab.decided') },
            ],
          },
          {
            name: 'kind',
            label: t('filter.kind'),
            options: kinds.map((kind) => ({ value: kind, label: t(`kind.${kind}`) })),
          },
        ]}
        exportTo="/office/approvals/export"
        total={total}
      >
        <ApprovalTable
          requests={requests}
          memberId={memberId}
          empty={
            <EmptyState icon={<ShieldCheck />} title={isQueue ? t('empty') : t('decided_empty')}>
              {t('empty_body')}
            </EmptyState>
          }
        />
      </FilteredList>
    </>
  )
}
