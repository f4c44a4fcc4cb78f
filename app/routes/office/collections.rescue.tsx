import {
  data,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
} from '@remix-run/node'
import { useFetcher, useLoaderData } from '@remix-run/react'
import { useCallback, useRef, useState } from 'react'
import { openRescue } from '~/commands/open-rescue'
import { OPENED_FOR } from '~/domain/opened-for'
import { toBase64Url } from '~/domain/bytes'
import { pageTexts } from '~/i18n/page-texts'
import { useT } from '~/i18n/use-t'
import { formOf } from '~/server/form.server'
import { requireMember } from '~/server/guard.server'
import { previewRescue, type RescueAnswer, takeInRescue } from '~/server/rescue.server'
import { Banner } from '~/ui/base/banner'
import { Card } from '~/ui/base/card'
import { PageHeader } from '~/ui/base/page-header'
import { Progress } from '~/ui/base/progress'
import { CollectionTabs } from '~/ui/collections/collection-tabs'
import { RescueCard } from '~/ui/collections/rescue-card'
import { RescueSource } from '~/ui/collections/rescue-source'
import { RescueTable, type RescueRow } from '~/ui/collections/rescue-table'
import { useOffice } from '~/ui/office/office-context'

export const handle = pageTexts('collections')
export const meta: MetaFunction = () => [{ title: 'Phone files · Linyada' }]

const SHOWN_ROWS = 50

export async function loader({ request }: LoaderFunctionArgs) {
  const { db, headers } = await requireMember(request, 'collections.rescue')
  const { data: rows } = await db
    .from('rescues')
    .select()
    .order('opened_at', { ascending: false })
    .limit(SHOWN_ROWS)
    .throwOnError()
  return data({ rows: rows as Array<RescueRow> }, { headers })
}

export async function action({ request }: ActionFunctionArgs) {
  const { db, me, headers } = await requireMember(request, 'collections.rescue')
  const form = openRescue.input.safeParse(Object.fromEntries(await formOf(request, me)))
  if (!form.success) {
    const answer: RescueAnswer = {
      ok: false,
      sentence: 'This file is too large for one of a phone.',
    }
    return data(answer, { status: 400, headers })
  }
  const { intent, file } = form.data
  const handle = intent === 'import' ? takeInRescue : previewRescue
  const answer = await handle(db, me.tenant.id, file)
  return data(answer, { status: answer.ok ? 200 : 409, headers })
}

/** What a phone could not send: given as a file or read off its screen, looked at, and taken in once. */
export default function PhoneFiles() {
  const { rows } = useLoaderData<typeof loader>()
  const t = useT('collections')
  const { id } = useOffice()
  const fetcher = useFetcher<RescueAnswer>()
  const file = useRef('')
  const [isOpen, setOpen] = useState(false)
  const { submit } = fetcher

  const send = useCallback(
    (intent: 'open' | 'import') =>
      submit({ intent, file: file.current, [OPENED_FOR]: id }, { method: 'post' }),
    [submit, id],
  )
  const open = useCallback(
    (bytes: Uint8Array) => {
      file.current = toBase64Url(bytes)
      setOpen(true)
      void send('open')
    },
    [send],
  )

  const answer = isOpen ? fetcher.data : undefined
  const isBusy = fetcher.state !== 'idle'
  return (
    <>
      <PageHeader title={t('board.title')} />
      <CollectionTabs />
      <p className="mb-4 max-w-3xl text-soft">{t('rescue.lead')}</p>
      {answer?.ok === false ? (
        <Banner kind="danger" className="mb-4">
          {answer.sentence}
        </Banner>
      ) : null}
      {isOpen && !answer && isBusy ? <Progress label={t('rescue.opening')} /> : null}
      {answer?.ok ? (
        <RescueCard
          rescue={answer.rescue}
          isBusy={isBusy}
          onImport={() => void send('import')}
          onClose={() => setOpen(false)}
        />
      ) : (
        <RescueSource onBytes={open} />
      )}
      <h2 className="mt-8 mb-3 font-semibold">{t('rescue.history')}</h2>
      <Card flush>
        <RescueTable rows={rows} />
      </Card>
    </>
  )
}
