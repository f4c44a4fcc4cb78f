import {
  data,
  redirect,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
} from '@remix-run/node'
import { Link, useActionData, useLoaderData } from '@remix-run/react'
import { discardInvoiceDraft } from '~/commands/discard-invoice-draft'
import { issueInvoiceDraft } from '~/commands/issue-invoice-draft'
import { saveInvoiceDraft } from '~/commands/save-invoice-draft'
import { pageTexts } from '~/i18n/page-texts'
import { useT } from '~/i18n/use-t'
import { sendCommand } from '~/server/command.server'
import { formOf } from '~/server/form.server'
import { requireMember } from '~/server/guard.server'
import { readDraft, regimeOf } from '~/server/invoice-drafts.server'
import type { Db } from '~/server/supabase.server'
import { findSubscriber } from '~/server/subscribers.server'
import { Banner } from '~/ui/base/banner'
import { PageHeader } from '~/ui/base/page-header'
import { DraftForm } from '~/ui/billing/draft-form'
import { useSavedToast } from '~/ui/office/saved-toast'

export const handle = pageTexts('billing')
export const meta: MetaFunction = () => [{ title: 'Draft invoice · Linyada' }]

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { db, me, headers } = await requireMember(request, 'invoices.manage')
  const draft = await readDraft(db, params.draftId)
  // An address nobody saved under yet is a new draft, of the subscriber it names.
  const asked = new URL(request.url).searchParams.get('subscriber') ?? undefined
  const [subscriber, regime, settings] = await Promise.all([
    findSubscriber(db, draft?.subscriber_id ?? asked),
    regimeOf(db, me.tenant.today),
    db.from('billing_settings').select('due_days').single<{ due_days: number }>().throwOnError(),
  ])
  return data(
    {
      id: params.draftId ?? '',
      draft,
      subscriber,
      dueDays: settings.data.due_days,
      rateBp: regime?.regime === 'vat' ? regime.rate_bp : null,
    },
    { headers },
  )
}

export async function action({ request, params }: ActionFunctionArgs) {
  const { db, me, headers } = await requireMember(request, 'invoices.manage')
  const form = await formOf(request, me)
  const intent = form.get('intent')
  form.delete('intent')
  form.set('id', params.draftId ?? '')

  if (intent === 'discard') {
    const discarded = await discard(db, params.draftId ?? '')
    if (!discarded.ok) return data(discarded.reply, { status: 409, headers })
    return redirect('/office/invoices/drafts?state=draft', { headers })
  }

  const saved = await sendCommand(form, saveInvoiceDraft.input, (draft) =>
    db.rpc(saveInvoiceDraft.name, { draft }),
  )
  if (!saved.ok) return data(saved.reply, { status: 409, headers })
  const { id, revision } = saved.result as { id: string; revision: number }
  if (intent !== 'issue') return data(saved.reply, { headers })

  const issued = await issue(db, id, revision)
  if (!issued.ok) return data(issued.reply, { status: 409, headers })
  const { invoice_id } = issued.result as { invoice_id: string }
  return redirect(`/office/invoices/${invoice_id}`, { headers })
}

function discard(db: Db, draftId: string) {
  return sendCommand(
    new URLSearchParams({ draft_id: draftId }),
    discardInvoiceDraft.input,
    (draft) => db.rpc(discardInvoiceDraft.name, draft),
  )
}

function issue(db: Db, draftId: string, revision: number) {
  return sendCommand(
    new URLSearchParams({ draft_id: draftId, revision: String(revision) }),
    issueInvoiceDraft.input,
    (draft) => db.rpc(issueInvoiceDraft.name, draft),
  )
}

export default function InvoiceDraft() {
  const { id, draft, subscriber, dueDays, rateBp } = useLoaderData<typeof loader>()
  const reply = useActionData<typeof action>()
  const t = useT('billing')
  useSavedToast(reply, t('draft.saved'))

  return (
    <div className="mx-auto max-w-4xl">
      <PageHeader
        back={{ to: '/office/invoices/drafts?state=draft', label: t('draft.back') }}
        title={t('draft.title', { name: subscriber.name })}
        lead={
          <Link to={`/office/subscribers/${subscriber.id}`} className="hover:underline">
            {subscriber.name} · {subscriber.account_no}
          </Link>
        }
      />
      {draft?.state === 'issued' ? (
        <Banner kind="info">
          {t('draft.was_issued', { number: draft.invoice_number })}{' '}
          <Link to={`/office/invoices/${draft.invoice_id}`} className="font-medium underline">
            {t('draft.was_issued_link')}
          </Link>
        </Banner>
      ) : draft?.state === 'discarded' ? (
        <Banner kind="info">{t('draft.was_discarded')}</Banner>
      ) : (
        <DraftForm
          key={draft?.revision ?? 0}
          id={id}
          subscriberId={subscriber.id}
          revision={draft?.revision ?? 0}
          lines={draft?.lines ?? []}
          dueOn={draft?.due_on ?? null}
          dueDays={dueDays}
          rateBp={rateBp}
          reply={reply}
        />
      )}
    </div>
  )
}
