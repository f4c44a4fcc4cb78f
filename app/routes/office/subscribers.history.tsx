import { data, type LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { requireMember } from '~/server/guard.server'
import { historyOf } from '~/server/history.server'
import { Card } from '~/ui/base/card'
import { History } from '~/ui/subscribers/history'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { db, headers } = await requireMember(request, 'audit.read')
  return data({ entries: await historyOf(db, String(params.subscriberId)) }, { headers })
}

export default function SubscriberHistory() {
  const { entries } = useLoaderData<typeof loader>()
  return (
    <Card>
      <History entries={entries} />
    </Card>
  )
}
