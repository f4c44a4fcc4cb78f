import {
  data,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
} from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { Inbox } from 'lucide-react'
import { settleAlarm } from '~/commands/settle-alarm'
import { settleParked } from '~/commands/settle-parked'
import { pageTexts } from '~/i18n/page-texts'
import { formatMoney } from '~/i18n/format'
import { useT } from '~/i18n/use-t'
import { sendCommand } from '~/server/command.server'
import { formOf } from '~/server/form.server'
import { requireMember } from '~/server/guard.server'
import { readPage } from '~/server/list-query.server'
import { findParked } from '~/server/parked.server'
import { Banner } from '~/ui/base/banner'
import { LinkButton } from '~/ui/base/button'
import { PageHeader } from '~/ui/base/page-header'
import { CollectionTabs } from '~/ui/collections/collection-tabs'
import { ParkedTable } from '~/ui/collections/parked-table'
import { FilteredList } from '~/ui/office/filtered-list'
import { NoRows } from '~/ui/office/no-rows'
import { useOffice } from '~/ui/office/office-context'

export const handle = pageTexts('collections')
export const meta: MetaFunction = () => [{ title: 'Parked collections · Linyada' }]

export async function loader({ request }: LoaderFunctionArgs) {
  const { db, headers } = await requireMember(request, 'collections.read')
  const { searchParams } = new URL(request.url)
  const [found, collectors, phones] = await Promise.all([
    readPage(findParked(db, searchParams), searchParams, headers),
    db.from('collectors').select('id, full_name').order('full_name').throwOnError(),
    db.from('parked_phones').select('*').gt('payment_count', 1).order('code').throwOnError(),
  ])
  return data(
    {
      ...found,
      phones: phones.data,
      collectors: collectors.data as Array<{ id: string; full_name: string }>,
    },
    { headers },
  )
}

export async function action({ request }: ActionFunctionArgs) {
  const { db, me, headers } = await requireMember(request, 'collections.settle')
  const form = await formOf(request, me)
  const answer =
    form.get('intent') === 'alarm'
      ? await sendCommand(form, settleAlarm.input, (value) => db.rpc(settleAlarm.name, value))
      : await sendCommand(form, settleParked.input, (value) => db.rpc(settleParked.name, value))
  return data(answer.reply, { status: answer.ok ? 200 : 409, headers })
}

export default function ParkedCollections() {
  const { rows, total, phones, collectors } = useLoaderData<typeof loader>()
  const t = useT('collections')
  const { can, currency } = useOffice()

  return (
    <>
      <PageHeader title={t('board.title')} />
      <CollectionTabs />
      {can('collections.settle')
        ? phones.map(({ id, code, member_name, payment_count, amount_minor }) => (
            <Banner
              key={id}
              className="mb-4"
              title={t('together.offer', { count: payment_count ?? 0, code })}
              actions={
                <LinkButton to={`/office/collections/parked/phone/${id}`}>
                  {t('together.open')}
                </LinkButton>
              }
            >
              {t('together.offer_body', {
                name: member_name ?? '—',
                sum: formatMoney(amount_minor ?? 0, currency),
              })}
            </Banner>
          ))
        : null}
      <FilteredList
        search={{ label: t('parked.search') }}
        filters={[
          {
            name: 'state',
            label: t('column.status'),
            options: [
              { value: 'waiting', label: t('parked.waiting') },
              { value: 'settled', label: t('parked.settled') },
            ],
          },
          {
            name: 'kind',
            label: t('parked.filter_kind'),
            options: [
              { value: 'command', label: t('parked.kind.command') },
              { value: 'alarm', label: t('parked.kind.alarm') },
            ],
          },
          {
            name: 'collector',
            label: t('column.collector'),
            options: collectors.map(({ id, full_name }) => ({ value: id, label: full_name })),
          },
        ]}
        exportTo="/office/lists/parked/export"
        total={total}
      >
        <ParkedTable
          rows={rows}
          empty={
            <NoRows
              icon={<Inbox />}
              yet={{ title: t('parked.empty'), body: t('parked.empty_body') }}
              fit={{ title: t('parked.none_fit') }}
            />
          }
        />
      </FilteredList>
    </>
  )
}
