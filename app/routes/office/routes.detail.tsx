import { data, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { addBarangayToRoute } from '~/commands/add-barangay-to-route'
import { saveRoute } from '~/commands/save-route'
import { setRouteStops } from '~/commands/set-route-stops'
import { useT } from '~/i18n/use-t'
import { sendCommand } from '~/server/command.server'
import { formOf } from '~/server/form.server'
import { requireMember } from '~/server/guard.server'
import { barangaysOf } from '~/server/places.server'
import { collectorsOf, routesOf, stopRowsOf } from '~/server/routes.server'
import { Card } from '~/ui/base/card'
import { SectionHeader } from '~/ui/base/page-header'
import { useOffice } from '~/ui/office/office-context'
import { useSavedToast } from '~/ui/office/saved-toast'
import { AddBarangayForm } from '~/ui/places/add-barangay-form'
import { RouteForm } from '~/ui/places/route-form'
import { StopOrder } from '~/ui/places/stop-order'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { db, headers } = await requireMember(request)
  const routes = await routesOf(db)
  const route = routes.find((one) => one.id === params.routeId)
  if (!route) throw data({ reason: 'route_not_found' }, { status: 404, headers })
  const [stops, collectors, barangays] = await Promise.all([
    stopRowsOf(db, route.id),
    collectorsOf(db),
    barangaysOf(db),
  ])
  return data({ route, stops, collectors, barangays }, { headers })
}

export async function action({ request }: ActionFunctionArgs) {
  const { db, me, headers } = await requireMember(request, 'places.manage')
  const form = await formOf(request, me)

  async function send() {
    switch (form.get('intent')) {
      case 'save':
        return sendCommand(form, saveRoute.input, (route) => db.rpc(saveRoute.name, { route }))
      case 'stops':
        return sendCommand(form, setRouteStops.input, (stops) => db.rpc(setRouteStops.name, stops))
      case 'barangay':
        return sendCommand(form, addBarangayToRoute.input, (input) =>
          db.rpc(addBarangayToRoute.name, input),
        )
      default:
        throw new Response(null, { status: 400 })
    }
  }

  const answer = await send()
  return data(answer.reply, { status: answer.ok ? 200 : 409, headers })
}

export default function EditRoute() {
  const { route, stops, collectors, barangays } = useLoaderData<typeof loader>()
  const reply = useActionData<typeof action>()
  const { can } = useOffice()
  const t = useT('settings')
  useSavedToast(reply, t('saved'))

  return (
    <>
      <SectionHeader title={route.name} lead={route.collector_name ?? t('routes.nobody')} />
      <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,2fr)_minmax(0,1fr)]">
        <StopOrder routeId={route.id} stops={stops} canChange={can('places.manage')} />
        {can('places.manage') ? (
          <div className="flex flex-col gap-5">
            <Card title={t('routes.settings')}>
              <RouteForm
                key={route.id}
                id={route.id}
                route={route}
                collectors={collectors}
                reply={reply}
                submit={t('routes.save')}
              />
            </Card>
            <Card title={t('routes.add_barangay')} lead={t('routes.add_barangay_lead')}>
              <AddBarangayForm routeId={route.id} barangays={barangays} />
            </Card>
          </div>
        ) : null}
      </div>
    </>
  )
}
