import { data, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { recordPromise } from '~/commands/record-promise'
import { setGrace } from '~/commands/set-grace'
import { waiveLateFee } from '~/commands/waive-late-fee'
import { withdrawPromise } from '~/commands/withdraw-promise'
import { pageTexts } from '~/i18n/page-texts'
import { useT } from '~/i18n/use-t'
import { sendCommand } from '~/server/command.server'
import { lateFeesOf, promisesOf, readStanding, readWhy } from '~/server/dunning.server'
import { formOf } from '~/server/form.server'
import { requireMember } from '~/server/guard.server'
import { newId } from '~/server/new-id.server'
import { Card } from '~/ui/base/card'
import { KeyValue } from '~/ui/base/key-value'
import { StageBadge } from '~/ui/dunning/stage-badge'
import { LateFeesCard, PromisesCard } from '~/ui/dunning/standing-cards'
import { GraceDialog } from '~/ui/dunning/standing-dialogs'
import { WhyCharged, WhyNow, WhyStory } from '~/ui/dunning/why-story'
import { useOffice } from '~/ui/office/office-context'
import { useRecord } from './subscribers.record'

export const handle = pageTexts('dunning', 'why')

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { db, headers } = await requireMember(request, 'billing.read')
  const id = String(params.subscriberId)
  const [why, promises, fees, standing] = await Promise.all([
    readWhy(db, id),
    promisesOf(db, id),
    lateFeesOf(db, id),
    readStanding(db, id),
  ])
  return data({ why, promises, fees, standing, promiseId: newId() }, { headers })
}

/** What the dialogs of this page send. Each command asks the database for its own permission. */
export async function action({ request }: ActionFunctionArgs) {
  const { db, me, headers } = await requireMember(request)
  const form = await formOf(request, me)

  async function send() {
    switch (form.get('intent')) {
      case 'promise':
        return sendCommand(form, recordPromise.input, (promise) =>
          db.rpc(recordPromise.name, { promise }),
        )
      case 'withdraw':
        return sendCommand(form, withdrawPromise.input, (promise) =>
          db.rpc(withdrawPromise.name, promise),
        )
      case 'grace':
        return sendCommand(form, setGrace.input, (grace) => db.rpc(setGrace.name, grace))
      case 'waive':
        return sendCommand(form, waiveLateFee.input, (fee) => db.rpc(waiveLateFee.name, fee))
      default:
        throw new Response(null, { status: 400 })
    }
  }

  const answer = await send()
  return data(answer.reply, { status: answer.ok ? 200 : 409, headers })
}

export default function SubscriberStanding() {
  const { subscriber } = useRecord()
  const { why, promises, fees, standing, promiseId } = useLoaderData<typeof loader>()
  const { can, currency, time_zone } = useOffice()
  const t = useT('dunning')
  const where = { timeZone: time_zone, currency }
  const grace = t('calendar.grace_days', { count: standing.own_grace_days ?? standing.grace_days })

  return (
    <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
      <div className="flex min-w-0 flex-col gap-5">
        <WhyNow why={why} where={where} />
        <WhyStory why={why} where={where} />
      </div>
      <div className="flex min-w-0 flex-col gap-5">
        <Card title={t('calendar')}>
          <KeyValue
            items={[
              { key: t('calendar.stage'), value: <StageBadge stage={why.stage} /> },
              {
                key: t('calendar.grace'),
                value: (
                  <span className="flex flex-wrap items-center justify-end gap-2">
                    {standing.own_grace_days === null
                      ? grace
                      : t('calendar.grace_own', { days: grace })}
                    {can('subscribers.manage') ? (
                      <GraceDialog
                        subscriberId={subscriber.id}
                        graceDays={standing.own_grace_days}
                      />
                    ) : null}
                  </span>
                ),
              },
            ]}
          />
        </Card>
        <PromisesCard
          subscriberId={subscriber.id}
          promises={promises}
          promiseId={promiseId}
          promiseDays={standing.promise_days}
          owes={why.balance_minor > 0}
        />
        <LateFeesCard subscriberId={subscriber.id} fees={fees} />
        <WhyCharged why={why} where={where} />
      </div>
    </div>
  )
}
