import {
  data,
  redirect,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
} from '@remix-run/node'
import { Link, useActionData, useLoaderData } from '@remix-run/react'
import { formatMoney } from '~/i18n/format'
import { pageTexts } from '~/i18n/page-texts'
import { useT } from '~/i18n/use-t'
import { readApprovalLimit, sendCorrection } from '~/server/corrections.server'
import { readCreditable } from '~/server/credit-notes.server'
import { formOf } from '~/server/form.server'
import { requireMember } from '~/server/guard.server'
import { newId } from '~/server/new-id.server'
import { Card } from '~/ui/base/card'
import { PageHeader } from '~/ui/base/page-header'
import { CreditNoteForm } from '~/ui/corrections/credit-note-form'

export const handle = pageTexts('corrections')
export const meta: MetaFunction<typeof loader> = ({ data: loaded }) => [
  { title: `Credit note for ${loaded?.invoice.number ?? ''} · Linyada` },
]

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { db, headers } = await requireMember(request, 'invoices.manage')
  const [creditable, limitMinor] = await Promise.all([
    readCreditable(db, params.invoiceId),
    readApprovalLimit(db),
  ])
  if (!creditable) throw data({ reason: 'invoice_not_found' }, { status: 404, headers })
  return data({ ...creditable, limitMinor, correctionId: newId() }, { headers })
}

export async function action({ request, params }: ActionFunctionArgs) {
  const { db, me, headers } = await requireMember(request, 'invoices.manage')
  const form = await formOf(request, me)
  form.set('invoice_id', params.invoiceId ?? '')
  const { isDone, reply } = await sendCorrection(db, form)
  if (!isDone) return data(reply, { status: 409, headers })

  const id = String(form.get('id'))
  return redirect(
    reply.outcome === 'waiting'
      ? `/office/invoices/${params.invoiceId}`
      : `/office/credit-notes/${id}`,
    { headers },
  )
}

export default function NewCreditNote() {
  const { invoice, lines, limitMinor, correctionId } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const t = useT('corrections')
  const left = invoice.total_minor - invoice.credited_minor

  return (
    <div className="mx-auto max-w-2xl">
      <PageHeader
        back={{
          to: `/office/invoices/${invoice.id}`,
          label: t('credit.back', { number: invoice.number }),
        }}
        title={t('credit.title', { number: invoice.number })}
        lead={
          <>
            <Link to={`/office/subscribers/${invoice.subscriber_id}`} className="hover:underline">
              {invoice.subscriber_name} · {invoice.account_no}
            </Link>
            <span className="block">{t('credit.lead', { left: formatMoney(left) })}</span>
          </>
        }
      />
      <Card>
        <CreditNoteForm
          correctionId={correctionId}
          invoiceId={invoice.id}
          leftMinor={left}
          limitMinor={limitMinor}
          lines={lines}
          answer={answer}
        />
      </Card>
    </div>
  )
}
