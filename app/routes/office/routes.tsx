import { data, redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node'
import { useActionData, useLoaderData, useSearchParams } from '@remix-run/react'
import { Route as RouteIcon } from 'lucide-react'
import { saveRoute } from '~/commands/save-route'
import { formatCount } from '~/i18n/format'
import { pageTexts } from '~/i18n/page-texts'
import { useFormat } from '~/i18n/use-format'
import { useT } from '~/i18n/use-t'
import { sendCommand } from '~/server/command.server'
import { formOf } from '~/server/form.server'
import { requireMember } from '~/server/guard.server'
import { newId } from '~/server/new-id.server'
import { collectorsOf, routesOf } from '~/server/routes.server'
import { Card } from '~/ui/base/card'
import { EmptyState } from '~/ui/base/empty-state'
import { Table } from '~/ui/base/table'
import { ListBar } from '~/ui/office/list-bar'
import { useOffice } from '~/ui/office/office-context'
import { RouteForm } from '~/ui/places/route-form'

export const handle = pageTexts('oversight')

export async function loader({ request }: LoaderFunctionArgs) {
  const { db, headers } = await requireMember(request)
  const [routes, collectors] = await Promise.all([
    routesOf(db, new URL(request.url).searchParams),
    collectorsOf(db),
  ])
  return data({ routes, collectors, id: newId() }, { headers })
}

export async function action({ request }: ActionFunctionArgs) {
  const { db, me, headers } = await requireMember(request, 'places.manage')
  const answer = await sendCommand(await formOf(request, me), saveRoute.input, (route) =>
    db.rpc(saveRoute.name, { route }),
  )
  if (!answer.ok) return data(answer.reply, { status: 400, headers })
  return redirect(`/office/settings/routes/${answer.result.id}`, { headers })
}

export default function Routes() {
  const { routes, collectors, id } = useLoaderData<typeof loader>()
  const reply = useActionData<typeof action>()
  const { can } = useOffice()
  const t = useT('settings')
  const oversight = useT('oversight')
  const format = useFormat()
  const [params] = useSearchParams()

  return (
    <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,2fr)_minmax(0,1fr)]">
      <Card title={t('routes.title')} lead={t('routes.lead')} flush>
        <ListBar list="routes" search={{ label: t('routes.search') }} />
        <Table
          caption={t('routes.title')}
          rows={routes}
          rowKey={(route) => route.id}
          rowHref={(route) => `/office/settings/routes/${route.id}`}
          isSticky={false}
          empty={
            params.has('q') ? (
              <EmptyState title={t('none_fit')} />
            ) : (
              <EmptyState icon={<RouteIcon />} title={t('routes.empty')}>
                {t('routes.empty_body')}
              </EmptyState>
            )
          }
          columns={[
            { key: 'name', header: t('staff.name'), sort: 'name', cell: (route) => route.name },
            {
              key: 'collector',
              header: t('routes.collector'),
              sort: 'collector_name',
              cell: (route) => (
                <>
                  {route.collector_name ?? <span className="text-faint">{t('routes.nobody')}</span>}
                  {route.lent_to_name && route.lent_until_on ? (
                    <span className="block text-faint">
                      {oversight('loan.with', {
                        name: route.lent_to_name,
                        until: format.day(route.lent_until_on),
                      })}
                    </span>
                  ) : null}
                </>
              ),
            },
            {
              key: 'stops',
              header: t('routes.stops'),
              sort: 'stop_count',
              align: 'right',
              cell: (route) => <span className="tabular">{formatCount(route.stop_count)}</span>,
            },
          ]}
        />
      </Card>
      {can('places.manage') ? (
        <Card title={t('routes.add')}>
          <RouteForm id={id} collectors={collectors} reply={reply} submit={t('routes.create')} />
        </Card>
      ) : null}
    </div>
  )
}
