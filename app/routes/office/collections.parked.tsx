import {
  data,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
} from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { Inbox } from 'lucide-react'
import { settleParked } from '~/commands/settle-parked'
import { pageTexts } from '~/i18n/page-texts'
import { useT } from '~/i18n/use-t'
import { sendCommand } from '~/server/command.server'
import { formOf } from '~/server/form.server'
import { requireMember } from '~/server/guard.server'
import { Card } from '~/ui/base/card'
import { EmptyState } from '~/ui/base/empty-state'
import { PageHeader, SectionHeader } from '~/ui/base/page-header'
import { CollectionTabs } from '~/ui/collections/collection-tabs'
import { ParkedCommandCard, type ParkedCommand } from '~/ui/collections/parked-command'

export const handle = pageTexts('collections')
export const meta: MetaFunction = () => [{ title: 'Parked collections · Linyada' }]

const RECENTLY_SETTLED = 20

export async function loader({ request }: LoaderFunctionArgs) {
  const { db, headers } = await requireMember(request, 'collections.read')
  const [waiting, settled] = await Promise.all([
    db.from('parked_commands').select().is('settled_at', null).order('received_at').throwOnError(),
    db
      .from('parked_commands')
      .select()
      .not('settled_at', 'is', null)
      .order('settled_at', { ascending: false })
      .limit(RECENTLY_SETTLED)
      .throwOnError(),
  ])
  return data(
    {
      waiting: waiting.data as Array<ParkedCommand>,
      settled: settled.data as Array<ParkedCommand>,
    },
    { headers },
  )
}

export async function action({ request }: ActionFunctionArgs) {
  const { db, me, headers } = await requireMember(request, 'collections.settle')
  const answer = await sendCommand(await formOf(request, me), settleParked.input, (value) =>
    db.rpc(settleParked.name, value),
  )
  return data(answer.reply, { status: answer.ok ? 200 : 409, headers })
}

export default function Parked() {
  const { waiting, settled } = useLoaderData<typeof loader>()
  const t = useT('collections')

  return (
    <>
      <PageHeader title={t('board.title')} />
      <CollectionTabs parked={waiting.length} />
      {waiting.length === 0 ? (
        <Card>
          <EmptyState icon={<Inbox />} title={t('parked.empty')}>
            {t('parked.empty_body')}
          </EmptyState>
        </Card>
      ) : (
        <CommandList commands={waiting} />
      )}
      {settled.length > 0 ? (
        <div className="mt-8">
          <SectionHeader title={t('parked.settled')} />
          <CommandList commands={settled} />
        </div>
      ) : null}
    </>
  )
}

function CommandList({ commands }: { commands: ReadonlyArray<ParkedCommand> }) {
  return (
    <div className="flex flex-col gap-3">
      {commands.map((command) => (
        <ParkedCommandCard key={command.id} command={command} />
      ))}
    </div>
  )
}
