import { data, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { Plus, Receipt } from 'lucide-react'
import { billCharge } from '~/commands/bill-charge'
import { cancelCharge } from '~/commands/cancel-charge'
import { takeDeposit } from '~/commands/take-deposit'
import { pageTexts } from '~/i18n/page-texts'
import { useT } from '~/i18n/use-t'
import { aroundCharges, findCharges } from '~/server/charges.server'
import { sendCommand } from '~/server/command.server'
import { readApprovalLimit, sendCorrection } from '~/server/corrections.server'
import { formOf } from '~/server/form.server'
import { requireMember } from '~/server/guard.server'
import { idIn, readPage } from '~/server/list-query.server'
import { newId } from '~/server/new-id.server'
import { LinkButton } from '~/ui/base/button'
import { ChargeTable } from '~/ui/charges/charge-table'
import { DepositCard } from '~/ui/charges/deposit-card'
import { NextInvoiceCard } from '~/ui/charges/next-invoice-card'
import { FilteredList } from '~/ui/office/filtered-list'
import { useOffice } from '~/ui/office/office-context'
import { NoRecords } from '~/ui/subscribers/no-records'
import { useRecord } from './subscribers.record'

export const handle = pageTexts('charges', 'corrections')

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { db, headers } = await requireMember(request, 'billing.read')
  const id = idIn(params.subscriberId)
  if (!id) throw new Response(null, { status: 404 })
  const ids = { deposit: newId(), payment: newId(), back: newId() }
  const asked = new URL(request.url).searchParams
  const { rows, total } = await readPage(findCharges(db, id, asked), asked, headers)
  const [around, limitMinor] = await Promise.all([
    aroundCharges(db, id, rows),
    readApprovalLimit(db),
  ])
  return data({ charges: rows, total, ...around, ids, limitMinor }, { headers })
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
  const { charges, total, parts, asked, deposits, heldMinor, next, ids, limitMinor } =
    useLoaderData<typeof loader>()
  const { subscriber } = useRecord()
  const { can } = useOffice()
  const t = useT('charges')
  const here = `/office/subscribers/${subscriber.id}/charges`

  return (
    <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,2fr)_minmax(0,1fr)]">
      <div className="min-w-0">
        <FilteredList
          search={{ label: t('search') }}
          filters={[
            {
              name: 'kind',
              label: t('column.what'),
              options: (['one_time', 'discount', 'late_fee', 'deposit'] as const).map((kind) => ({
                value: kind,
                label: t(`kind.${kind}`),
              })),
            },
            {
              name: 'state',
              label: t('column.state'),
              options: (['waiting', 'running', 'done', 'cancelled'] as const).map((state) => ({
                value: state,
                label: t(`state.${state}`),
              })),
            },
          ]}
          exportTo="/office/lists/charges/export"
          exportOf={{ subscriber: subscriber.id }}
          actions={
            can('invoices.manage') ? (
              <LinkButton variant="primary" icon={<Plus />} to={`${here}/new`}>
                {t('new')}
              </LinkButton>
            ) : null
          }
          total={total}
        >
          <ChargeTable
            charges={charges}
            parts={parts}
            action={here}
            empty={<NoRecords icon={<Receipt />} title={t('none')} body={t('none_body')} />}
          />
        </FilteredList>
      </div>
      <div className="flex min-w-0 flex-col gap-5">
        <NextInvoiceCard next={next} />
        <DepositCard
          deposits={deposits}
          heldMinor={heldMinor}
          asked={asked}
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
