import {
  data,
  redirect,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
} from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { recordBankDeposit } from '~/commands/record-bank-deposit'
import { pageTexts } from '~/i18n/page-texts'
import { useT } from '~/i18n/use-t'
import { sendCommand } from '~/server/command.server'
import { formOf } from '~/server/form.server'
import { requireMember } from '~/server/guard.server'
import { newId } from '~/server/new-id.server'
import { waitingForBank } from '~/server/remittances.server'
import { PageHeader } from '~/ui/base/page-header'
import { DepositForm } from '~/ui/cash/deposit-form'

export const handle = pageTexts('custody')
export const meta: MetaFunction = () => [{ title: 'Record a deposit · Linyada' }]

const RECENT_DEPOSITS = 20

export async function loader({ request }: LoaderFunctionArgs) {
  const { db, headers } = await requireMember(request, 'remittances.count')
  const [waiting, recent, office] = await Promise.all([
    waitingForBank(db),
    db
      .from('bank_deposits')
      .select('bank')
      .order('recorded_at', { ascending: false })
      .limit(RECENT_DEPOSITS)
      .throwOnError(),
    db.rpc('office_cash').throwOnError(),
  ])
  const banks = (recent.data as Array<{ bank: string }>).map(({ bank }) => bank)
  return data(
    { id: newId(), waiting, banks: [...new Set(banks)], officeMinor: Number(office.data) },
    { headers },
  )
}

export async function action({ request }: ActionFunctionArgs) {
  const { db, me, headers } = await requireMember(request, 'remittances.count')
  const answer = await sendCommand(await formOf(request, me), recordBankDeposit.input, (deposit) =>
    db.rpc(recordBankDeposit.name, { deposit }),
  )
  if (!answer.ok) return data(answer.reply, { status: 409, headers })
  return redirect('/office/collections/deposits', { headers })
}

export default function NewDeposit() {
  const { id, waiting, banks, officeMinor } = useLoaderData<typeof loader>()
  const reply = useActionData<typeof action>()
  const t = useT('custody')

  return (
    <>
      <PageHeader
        back={{ to: '/office/collections/deposits', label: t('deposits.title') }}
        title={t('deposits.new')}
        lead={t('deposit.lead')}
      />
      <DepositForm
        id={id}
        waiting={waiting}
        banks={banks}
        officeMinor={officeMinor}
        reply={reply}
      />
    </>
  )
}
