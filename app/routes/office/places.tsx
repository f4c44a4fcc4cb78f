import { data, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { MapPin } from 'lucide-react'
import { pickBarangays } from '~/commands/pick-barangays'
import { formatCount } from '~/i18n/format'
import { useT } from '~/i18n/use-t'
import { sendCommand } from '~/server/command.server'
import { formOf } from '~/server/form.server'
import { requireMember } from '~/server/guard.server'
import { barangaysOf } from '~/server/places.server'
import { LinkButton } from '~/ui/base/button'
import { Card } from '~/ui/base/card'
import { EmptyState } from '~/ui/base/empty-state'
import { Table } from '~/ui/base/table'
import { ListBar } from '~/ui/office/list-bar'
import {
  BarangayPicker,
  type Municipality,
  type NationalBarangay,
} from '~/ui/places/barangay-picker'

/** The ISP's own barangays, and what the national list answers (`?q=` a municipality, then `?in=` its barangays). */
export async function loader({ request }: LoaderFunctionArgs) {
  const { db, headers } = await requireMember(request, 'places.manage')
  const asked = new URL(request.url).searchParams
  const query = asked.get('q')?.trim() ?? ''
  const municipality = asked.get('in')

  const [own, shown, municipalities, barangays] = await Promise.all([
    barangaysOf(db),
    barangaysOf(db, asked),
    query ? db.rpc('psgc_municipalities', { query }).throwOnError() : { data: [] },
    municipality
      ? db.rpc('search_psgc', { query: asked.get('province') ?? '', municipality }).throwOnError()
      : { data: [] },
  ])
  return data(
    {
      own,
      shown,
      municipalities: municipalities.data as Array<Municipality>,
      barangays: barangays.data as Array<NationalBarangay>,
    },
    { headers },
  )
}

export async function action({ request }: ActionFunctionArgs) {
  const { db, me, headers } = await requireMember(request, 'places.manage')
  const answer = await sendCommand(await formOf(request, me), pickBarangays.input, (input) =>
    db.rpc(pickBarangays.name, input),
  )
  return data(answer.reply, { status: answer.ok ? 200 : 400, headers })
}

export default function Places() {
  const { own, shown, municipalities, barangays } = useLoaderData<typeof loader>()
  const t = useT('settings')

  return (
    <div className="grid items-start gap-5 lg:grid-cols-2">
      <Card title={t('places.own')} lead={t('places.own_lead')} flush>
        <ListBar list="places" search={{ name: 'find', label: t('places.find') }} />
        <Table
          caption={t('places.own')}
          rows={shown}
          rowKey={(place) => place.id}
          isSticky={false}
          empty={
            own.length > 0 ? (
              <EmptyState title={t('none_fit')} />
            ) : (
              <EmptyState icon={<MapPin />} title={t('places.empty')}>
                {t('places.empty_body')}
              </EmptyState>
            )
          }
          columns={[
            {
              key: 'name',
              header: t('places.barangay'),
              sort: 'name',
              cell: (place) => place.name,
            },
            {
              key: 'municipality',
              header: t('places.municipality'),
              sort: 'municipality',
              cell: (place) => <span className="text-soft">{place.municipality}</span>,
            },
            {
              key: 'count',
              header: t('places.subscribers'),
              sort: 'subscriber_count',
              align: 'right',
              cell: (place) =>
                place.subscriber_count > 0 ? (
                  <LinkButton
                    size="small"
                    variant="quiet"
                    to={`/office/subscribers?barangay=${place.id}`}
                  >
                    <span className="tabular">{formatCount(place.subscriber_count)}</span>
                  </LinkButton>
                ) : (
                  <span className="px-2.5 text-faint">—</span>
                ),
            },
          ]}
        />
      </Card>
      <BarangayPicker municipalities={municipalities} barangays={barangays} own={own} />
    </div>
  )
}
