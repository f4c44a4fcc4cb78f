import { data, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { Plus } from 'lucide-react'
import { billCharge } from '~/commands/bill-charge'
import { cancelCharge } from '~/commands/cancel-charge'
import { takeDeposit } from '~/commands/take-deposit'
import { pageTexts } from '~/i18n/page-texts'
import { useT } from '~/i18n/use-t'
import { chargesOf } from '~/server/charges.server'
import { sendCommand } from '~/server/command.server'
import { readApprovalLimit, sendCorrection } from '~/server/corrections.server'
import { formOf } from '~/server/form.server'
import { requireMember } from '~/server/guard.server'
import { idIn } from '~/server/list-query.server'
import { newId } from '~/server/new-id.server'
import { LinkButton } from '~/ui/base/button'
import { Card } from '~/ui/base/card'
import { ChargeTable } from '~/ui/charges/charge-table'
import { DepositCard } from '~/ui/charges/deposit-card'
import { NextInvoiceCard } from '~/ui/charges/next-invoice-card'
import { useOffice } from '~/ui/office/office-context'
import { useRecord } from './subscribers.record'

export const handle = pageTexts('charges', 'corrections')

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { db, headers } = await requireMember(request, 'billing.read')
  const id = idIn(params.subscriberId)
  if (!id) throw new Response(null, { status: 404 })
  const ids = { deposit: newId(), payment: newId(), back: newId() }
  const [charges, limitMinor] = await Promise.all([chargesOf(db, id), readApprovalLimit(db)])
  return data({ ...charges, ids, limitMinor }, { headers })
}

/** What the page's dialogs send. */
export async function action({ request }: ActionFunctionArgs) {
  const { db, me, headers } = await requireMember(request, 'billing.read')
  const form = await formOf(request, me)

  async function send() {
    switch (form.get('intent')) {
      case 'bill':
        return sendCommand(form, billCharge.input, (input) => db.rpc(billCharge.name, input))
      case 'cancel':
        return sendCommand(form, cancelCharge.input, (input) => db.rpc(cancelCharge.name, input))
      case 'take_deposit':
        return sendCommand(form, takeDeposit.input, (deposit) =>
          db.rpc(takeDeposit.name, { deposit }),
        )
      default:
        throw new Response(null, { status: 400 })
    }
  }

  const intent = form.get('intent')
  if (intent === 'apply_deposit' || intent === 'deposit_return') {
    const { isDone, reply } = await sendCorrection(db, form)
    return data(reply, { status: isDone ? 200 : 409, headers })
  }
  const answer = await send()
  return data(answer.reply, { status: answer.ok ? 200 : 409, headers })
}

export default function SubscriberCharges() {
  const { charges, parts, deposits, next, ids, limitMinor } = useLoaderData<typeof loader>()
  const { subscriber } = useRecord()
  const { can } = useOffice()
  const t = useT('charges')
  const here = `/office/subscribers/${subscriber.id}/charges`

  return (
    <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,2fr)_minmax(0,1fr)]">
      <Card
        flush
        title={t('list')}
        actions={
          can('invoices.manage') ? (
            <LinkButton size="small" variant="primary" icon={<Plus />} to={`${here}/new`}>
              {t('new')}
            </LinkButton>
          ) : undefined
        }
      >
        <ChargeTable charges={charges} parts={parts} action={here} />
      </Card>
      <div className="flex min-w-0 flex-col gap-5">
        <NextInvoiceCard next={next} />
        <DepositCard
          deposits={deposits}
          asked={charges.filter(
            (charge) => charge.kind === 'deposit' && charge.remaining !== 0 && !charge.cancelled_at,
          )}
          subscriberId={subscriber.id}
          creditMinor={subscriber.credit_minor}
          ids={ids}
          limitMinor={limitMinor}
          action={here}
        />
      </div>
    </div>
  )
}
