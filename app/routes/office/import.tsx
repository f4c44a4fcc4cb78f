import {
  data,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
} from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { Download } from 'lucide-react'
import { z } from 'zod'
import { importRow, importSubscribers, IMPORT_ROW_LIMIT } from '~/commands/import-subscribers'
import { OPENED_FOR } from '~/domain/opened-for'
import { pageTexts } from '~/i18n/page-texts'
import { useT } from '~/i18n/use-t'
import { requireOpenedFor } from '~/server/form.server'
import { requireMember } from '~/server/guard.server'
import { newId } from '~/server/new-id.server'
import { expectRefusal } from '~/server/refusal.server'
import { LinkButton } from '~/ui/base/button'
import { PageHeader } from '~/ui/base/page-header'
import { ImportSteps } from '~/ui/imports/import-steps'
import type { ImportAnswer } from '~/ui/imports/import-answer'

export const handle = pageTexts('imports')
export const meta: MetaFunction = () => [{ title: 'Import subscribers · Linyada' }]

export async function loader({ request }: LoaderFunctionArgs) {
  const { headers } = await requireMember(request, 'subscribers.manage')
  return data({ batchId: newId() }, { headers })
}

const posted = z.discriminatedUnion('intent', [
  z.object({ intent: z.literal('preview'), rows: z.array(importRow).min(1).max(IMPORT_ROW_LIMIT) }),
  importSubscribers.input.extend({ intent: z.literal('import') }),
])

/** The dry run and the import itself take the same rows, as JSON. */
export async function action({ request }: ActionFunctionArgs) {
  const { db, me, headers } = await requireMember(request, 'subscribers.manage')
  const sent = await request.json().catch(() => null)
  requireOpenedFor(me.tenant, sent?.[OPENED_FOR])
  const input = posted.safeParse(sent)
  if (!input.success) {
    return data<ImportAnswer>({ state: 'refused', reason: 'unreadable' }, { status: 400, headers })
  }

  const { rows } = input.data
  const { data: report, error } =
    input.data.intent === 'preview'
      ? await db.rpc('preview_import', { rows })
      : await db.rpc(importSubscribers.name, { batch_id: input.data.batch_id, rows })
  if (error) {
    const { message } = expectRefusal(error)
    return data<ImportAnswer>({ state: 'refused', reason: message }, { status: 409, headers })
  }
  const state = input.data.intent === 'preview' ? 'checked' : 'imported'
  return data<ImportAnswer>({ state, report }, { headers })
}

export default function Import() {
  const { batchId } = useLoaderData<typeof loader>()
  const t = useT('imports')

  return (
    <>
      <PageHeader
        back={{ to: '/office/subscribers', label: t('back') }}
        title={t('title')}
        lead={t('lead')}
        actions={
          <LinkButton to="/office/import/template" reloadDocument download icon={<Download />}>
            {t('template')}
          </LinkButton>
        }
      />
      <ImportSteps batchId={batchId} />
    </>
  )
}
