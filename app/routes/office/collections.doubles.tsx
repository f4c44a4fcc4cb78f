import {
  data,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
} from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { CopyCheck } from 'lucide-react'
import { settleDouble } from '~/commands/settle-double'
import { pageTexts } from '~/i18n/page-texts'
import { useT } from '~/i18n/use-t'
import { sendCommand } from '~/server/command.server'
import { findDoubles } from '~/server/doubles.server'
import { formOf } from '~/server/form.server'
import { requireMember } from '~/server/guard.server'
import { readPage } from '~/server/list-query.server'
import { PageHeader } from '~/ui/base/page-header'
import { CollectionTabs } from '~/ui/collections/collection-tabs'
import { FilteredList } from '~/ui/office/filtered-list'
import { NoRows } from '~/ui/office/no-rows'
import { DoubleTable } from '~/ui/oversight/double-table'

export const handle = pageTexts('collections', 'oversight')
export const meta: MetaFunction = () => [{ title: 'Possible doubles · Linyada' }]

export async function loader({ request }: LoaderFunctionArgs) {
  const { db, me, headers } = await requireMember(request, 'collections.read')
  const { searchParams } = new URL(request.url)
  const [found, collectors] = await Promise.all([
    readPage(findDoubles(db, searchParams), searchParams, headers),
    db.from('collectors').select('id, full_name').order('full_name').throwOnError(),
  ])
  return data(
    {
      ...found,
      memberId: me.actor_id,
      collectors: collectors.data as Array<{ id: string; full_name: string }>,
    },
    { headers },
  )
}

export async function action({ request }: ActionFunctionArgs) {
  const { db, me, headers } = await requireMember(request, 'collections.settle')
  const answer = await sendCommand(await formOf(request, me), settleDouble.input, (value) =>
    db.rpc(settleDouble.name, value),
  )
  return data(answer.reply, { status: answer.ok ? 200 : 409, headers })
}

export default function Doubles() {
  const { rows, total, memberId, collectors } = useLoaderData<typeof loader>()
  const t = useT('oversight')
  const collections = useT('collections')

  return (
    <>
      <PageHeader title={collections('board.title')} />
      <CollectionTabs />
      <p className="mb-4 max-w-prose text-sm text-soft">{t('double.lead')}</p>
      <FilteredList
        search={{ label: t('double.search') }}
        filters={[
          {
            name: 'state',
            label: t('double.column.state'),
            options: (['waiting', 'settled', 'void'] as const).map((state) => ({
              value: state,
              label: t(`double.state.${state}`),
            })),
          },
          {
            name: 'kind',
            label: t('double.column.why'),
            options: (['two_people', 'one_visit', 'one_day'] as const).map((kind) => ({
              value: kind,
              label: t(`double.short.${kind}`),
            })),
          },
          {
            name: 'collector',
            label: t('watch.column.collector'),
            options: collectors.map(({ id, full_name }) => ({ value: id, label: full_name })),
          },
        ]}
        exportTo="/office/lists/doubles/export"
        total={total}
      >
        <DoubleTable
          pairs={rows}
          memberId={memberId}
          empty={
            <NoRows
              icon={<CopyCheck />}
              yet={{ title: t('double.empty'), body: t('double.empty_body') }}
              fit={{ title: collections('parked.none_fit') }}
            />
          }
        />
      </FilteredList>
    </>
  )
}
