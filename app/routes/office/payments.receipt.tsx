import {
  data,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
} from '@remix-run/node'
import { useFetcher, useLoaderData, useNavigate, useSearchParams } from '@remix-run/react'
import { FileDown, Printer } from 'lucide-react'
import { useEffect } from 'react'
import { pageTexts } from '~/i18n/page-texts'
import { useT } from '~/i18n/use-t'
import { env } from '~/server/env.server'
import { formOf } from '~/server/form.server'
import { requireMember } from '~/server/guard.server'
import { idIn } from '~/server/list-query.server'
import { expectRefusal } from '~/server/refusal.server'
import { Banner } from '~/ui/base/banner'
import { Button, LinkButton } from '~/ui/base/button'
import { Card } from '~/ui/base/card'
import { Menu } from '~/ui/base/menu'
import { PageHeader } from '~/ui/base/page-header'
import type { PaymentEffect } from '~/ui/money/applies-sentence'
import { FormRefusal } from '~/ui/office/form-refusal'
import { useOffice } from '~/ui/office/office-context'
import { findSubscribers } from '~/ui/payments/ask'
import { ReceiptSlip } from '~/ui/payments/receipt-slip'
import type { Method } from '~/ui/payments/words'
import { SubscriberPicker } from '~/ui/people/subscriber-picker'

export const handle = pageTexts('collections')
export const meta: MetaFunction<typeof loader> = ({ data: loaded }) => [
  { title: `Receipt ${loaded?.receipt.receipt_number ?? ''} · Linyada` },
]

type ReceiptDocument = PaymentEffect & {
  payment_id: string
  receipt_number: string | null
  stage: string
  method: Method
  reference: string | null
  amount_minor: number
  received_at: string
  received_by_name: string | null
  subscriber: { id: string; name: string; account_no: string } | null
}

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { db, headers } = await requireMember(request)
  const id = idIn(params.paymentId)
  if (!id) throw data({ reason: 'payment_unknown' }, { status: 404, headers })
  const answer = await db.rpc('receipt_document', { payment_id: id })
  if (answer.error) throw data(expectRefusal(answer.error), { status: 404, headers })

  const receipt = answer.data as ReceiptDocument
  const subscriber = receipt.subscriber
    ? await db
        .from('subscribers')
        .select('balance_minor')
        .eq('id', receipt.subscriber.id)
        .maybeSingle()
        .throwOnError()
    : null
  return data(
    {
      receipt,
      balance_minor: Number(subscriber?.data?.balance_minor ?? 0),
      checkUrl: new URL(`/r/${receipt.payment_id}`, env().SITE_URL).href,
    },
    { headers },
  )
}

/** Counts the paper the till is about to print, like any other paper of this receipt. */
export async function action({ request, params }: ActionFunctionArgs) {
  const { db, me, headers } = await requireMember(request)
  await formOf(request, me)
  const id = idIn(params.paymentId)
  const answer = await db.rpc('print_document', { kind: 'receipt', document_id: id })
  if (answer.error) {
    return data({ reprint: null, ...expectRefusal(answer.error) }, { status: 409, headers })
  }
  return data({ reprint: Number(answer.data.reprint), message: null }, { headers })
}

export default function Receipt() {
  const { receipt, balance_minor, checkUrl } = useLoaderData<typeof loader>()
  const t = useT('collections')
  const office = useOffice()
  const [params] = useSearchParams()
  const navigate = useNavigate()
  const print = useFetcher<typeof action>()
  const counted = print.state === 'idle' ? print.data : undefined

  // Only a paper that was counted is printed; the slip then bears its mark.
  useEffect(() => {
    if (counted && counted.reprint !== null) window.print()
  }, [counted])

  const isAtCounter = params.has('taken') && office.can('payments.record')

  return (
    <>
      <div className="mx-auto max-w-md print:hidden">
        <PageHeader
          back={{ to: `/office/payments/${receipt.payment_id}`, label: t('receipt.open') }}
          title={t('receipt.title', { number: receipt.receipt_number ?? '' })}
        />
        {params.has('repeated') ? (
          <Banner kind="warn" className="mb-4">
            {t('receipt.repeated')}
          </Banner>
        ) : null}
        {receipt.stage === 'void' ? (
          <Banner kind="danger" className="mb-4">
            {t('receipt.void')}
          </Banner>
        ) : null}
      </div>
      {isAtCounter ? (
        <Card
          className="mx-auto mb-5 max-w-md print:hidden"
          title={t('receipt.next')}
          lead={t('receipt.next_hint')}
        >
          <SubscriberPicker
            autoFocus
            find={findSubscribers}
            onPick={(next) => navigate(`/office/payments/new?subscriber=${next.id}`)}
          />
        </Card>
      ) : null}
      <ReceiptSlip
        isp={office}
        checkUrl={checkUrl}
        reprint={counted?.reprint ?? null}
        receipt={{
          ...receipt,
          number: receipt.receipt_number ?? '—',
          subscriber_name: receipt.subscriber?.name ?? t('payment.unknown_subscriber'),
          account_no: receipt.subscriber?.account_no ?? '—',
          effect: receipt,
          balance_minor,
        }}
      />
      <FormRefusal errors={counted?.message ? [counted.message] : null} />
      <div className="mx-auto mt-5 flex max-w-md flex-wrap justify-center gap-2 print:hidden">
        <print.Form method="post">
          <Button type="submit" icon={<Printer />} busy={print.state !== 'idle'}>
            {t('receipt.print')}
          </Button>
        </print.Form>
        <Menu
          trigger={<Button icon={<FileDown />}>{t('receipt.pdf')}</Button>}
          entries={(['80', '58', 'a4'] as const).map((paper) => ({
            kind: 'link',
            label: t(`receipt.paper.${paper}`),
            to: `/office/payments/${receipt.payment_id}/receipt.pdf?paper=${paper}`,
            reloadDocument: true,
          }))}
        />
        {office.can('payments.record') && !isAtCounter ? (
          <LinkButton variant="primary" to="/office/payments/new">
            {t('receipt.next')}
          </LinkButton>
        ) : null}
      </div>
    </>
  )
}
