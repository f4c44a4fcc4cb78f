import {
  data,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
} from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { approveVariance } from '~/commands/approve-variance'
import { countRemittance } from '~/commands/count-remittance'
import { rejectRemittance } from '~/commands/reject-remittance'
import { formatMoney } from '~/i18n/format'
import { pageTexts } from '~/i18n/page-texts'
import { useFormat } from '~/i18n/use-format'
import { useT } from '~/i18n/use-t'
import { sendCommand } from '~/server/command.server'
import { formOf } from '~/server/form.server'
import { requireMember } from '~/server/guard.server'
import { findRemittance } from '~/server/remittances.server'
import { Banner } from '~/ui/base/banner'
import { PageHeader } from '~/ui/base/page-header'
import { CountCard } from '~/ui/cash/count-card'
import { CountResult, PiecesCard } from '~/ui/cash/count-result'
import { AcceptDifference, SendBack } from '~/ui/cash/decide-remittance'
import { RemittanceLine } from '~/ui/cash/remittance-line'
import { RemittanceBadge } from '~/ui/cash/remittance-state'
import { useOffice } from '~/ui/office/office-context'

export const handle = pageTexts('custody', 'cash')
export const meta: MetaFunction<typeof loader> = ({ data: loaded }) => [
  { title: `${loaded?.remittance.collector_name ?? ''} · Remittance · Linyada` },
]

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { db, me, headers } = await requireMember(request, 'collections.read')
  const remittance = await findRemittance(db, params.remittanceId)
  const { collector_id, submitted_by, counted_by } = remittance
  const handedIn = [collector_id, submitted_by].includes(me.actor_id)
  return data(
    { remittance, handedIn, tookPart: handedIn || counted_by === me.actor_id },
    { headers },
  )
}

export async function action({ request }: ActionFunctionArgs) {
  const { db, me, headers } = await requireMember(request)
  const form = await formOf(request, me)
  const answer = await act()
  return data(answer.reply, { status: answer.ok ? 200 : 409, headers })

  function act() {
    switch (form.get('intent')) {
      case 'approve':
        return sendCommand(form, approveVariance.input, (value) =>
          db.rpc(approveVariance.name, value),
        )
      case 'reject':
        return sendCommand(form, rejectRemittance.input, (value) =>
          db.rpc(rejectRemittance.name, value),
        )
      default:
        return sendCommand(form, countRemittance.input, (value) =>
          db.rpc(countRemittance.name, value),
        )
    }
  }
}

export default function Remittance() {
  const { remittance, handedIn, tookPart } = useLoaderData<typeof loader>()
  const reply = useActionData<typeof action>()
  const t = useT('custody')
  const format = useFormat()
  const { time_zone, currency, can } = useOffice()
  const { state } = remittance
  const isCounted = remittance.counted_minor !== null
  const mayDecide = can('remittances.approve') && !tookPart
  const at = format.instant(remittance.declared_at, time_zone)

  return (
    <>
      <PageHeader
        back={{ to: '/office/collections/remittances', label: t('remittance.back') }}
        title={t('remittance.title', { name: remittance.collector_name })}
        state={<RemittanceBadge state={state} />}
        lead={
          remittance.reason
            ? t('remittance.handed_in_by', {
                at,
                name: remittance.submitted_by_name,
                reason: remittance.reason,
              })
            : t('remittance.handed_in', { at })
        }
        actions={
          state === 'submitted' && mayDecide ? <SendBack remittance={remittance} /> : undefined
        }
      />

      {state === 'counted' ? (
        <Banner
          kind="warn"
          title={t('decide.title')}
          className="mb-5"
          actions={
            mayDecide ? (
              <>
                <SendBack remittance={remittance} />
                <AcceptDifference remittance={remittance} />
              </>
            ) : undefined
          }
        >
          <p>
            {t('decide.lead', {
              counted: formatMoney(remittance.counted_minor ?? 0, currency),
              expected: formatMoney(remittance.expected_minor ?? 0, currency),
            })}
          </p>
          {tookPart ? <p>{t('decide.own')}</p> : null}
        </Banner>
      ) : null}
      {isCounted ? <CountResult cash={remittance} /> : null}

      <div className="mt-5 grid items-start gap-5 lg:grid-cols-[minmax(0,1fr)_22rem]">
        {isCounted ? (
          <PiecesCard
            declared={remittance.denominations}
            counted={remittance.counted_denominations}
          />
        ) : state === 'submitted' && can('remittances.count') && !handedIn ? (
          <CountCard remittanceId={remittance.id} reply={reply} />
        ) : state === 'submitted' ? (
          <Banner>{t(handedIn ? 'count.own' : 'count.wait')}</Banner>
        ) : null}
        <RemittanceLine story={remittance} />
      </div>
    </>
  )
}
