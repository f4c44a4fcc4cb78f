import {
  data,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
} from '@remix-run/node'
import { useLoaderData, useSearchParams } from '@remix-run/react'
import { FileUp, Plus } from 'lucide-react'
import { addSubscribersToRoute } from '~/commands/add-subscribers-to-route'
import { isNarrowed } from '~/domain/url-list'
import { sendCommand } from '~/server/command.server'
import { formOf } from '~/server/form.server'
import { pageTexts } from '~/i18n/page-texts'
import { useT } from '~/i18n/use-t'
import { requireMember } from '~/server/guard.server'
import { appendToRoute } from '~/server/routes.server'
import { subscriberFilterOptions, subscriberPage } from '~/server/subscribers.server'
import { LinkButton } from '~/ui/base/button'
import { Card } from '~/ui/base/card'
import { PageHeader } from '~/ui/base/page-header'
import { Pagination } from '~/ui/base/pagination'
import { SelectionBar, useSelection } from '~/ui/base/selection'
import { useOffice } from '~/ui/office/office-context'
import { AddToRouteDialog } from '~/ui/places/add-to-route-dialog'
import { ExportMenu } from '~/ui/subscribers/export-menu'
import { SubscriberFilters } from '~/ui/subscribers/subscriber-filters'
import { SubscriberTable } from '~/ui/subscribers/subscriber-table'

export const handle = pageTexts('subscribers')
export const meta: MetaFunction = () => [{ title: 'Subscribers · Linyada' }]

export async function loader({ request }: LoaderFunctionArgs) {
  const { db, headers } = await requireMember(request, 'subscribers.read')

  const [page, options] = await Promise.all([
    subscriberPage(db, new URL(request.url).searchParams, headers),
    subscriberFilterOptions(db),
  ])
  return data({ ...page, options }, { headers })
}

/** Puts the chosen subscribers at the end of a route. */
export async function action({ request }: ActionFunctionArgs) {
  const { db, me, headers } = await requireMember(request, 'places.manage')
  const { reply } = await sendCommand(
    await formOf(request, me),
    addSubscribersToRoute.input,
    (input) => appendToRoute(db, input),
  )
  return data(reply, { headers })
}

export default function Subscribers() {
  const { rows, total, edges, options } = useLoaderData<typeof loader>()
  const [params] = useSearchParams()
  const selection = useSelection()
  const { can } = useOffice()
  const t = useT('subscribers')

  return (
    <>
      <PageHeader
        title={t('title')}
        actions={
          can('subscribers.manage') ? (
            <>
              <LinkButton to="/office/import" icon={<FileUp />}>
                {t('import')}
              </LinkButton>
              <LinkButton to="/office/subscribers/new" variant="primary" icon={<Plus />}>
                {t('add')}
              </LinkButton>
            </>
          ) : undefined
        }
      />
      <div className="mb-4">
        <SubscriberFilters options={options} actions={<ExportMenu params={params} />} />
      </div>
      <Card flush>
        <SelectionBar selection={selection}>
          {can('places.manage') ? (
            <AddToRouteDialog
              routes={options.routes}
              subscriberIds={selection.keys}
              onDone={selection.clear}
            />
          ) : null}
          <ExportMenu
            params={new URLSearchParams({ ids: selection.keys.join(',') })}
            label={t('export_these')}
          />
        </SelectionBar>
        <SubscriberTable rows={rows} selection={selection} isNarrowed={isNarrowed(params)} />
      </Card>
      <div className="mt-4">
        <Pagination total={total} edges={edges} />
      </div>
    </>
  )
}
