import {
  data,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
} from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { Inbox } from 'lucide-react'
import { settleParkedCash } from '~/commands/settle-parked-cash'
import type { ParkedCash, SettledCash } from '~/domain/parked'
import { pageTexts } from '~/i18n/page-texts'
import { useT } from '~/i18n/use-t'
import { sendCommand } from '~/server/command.server'
import { formOf } from '~/server/form.server'
import { requireMember } from '~/server/guard.server'
import { idIn } from '~/server/list-query.server'
import { findParkedCash } from '~/server/parked.server'
import { LinkButton } from '~/ui/base/button'
import { EmptyState } from '~/ui/base/empty-state'
import { PageHeader } from '~/ui/base/page-header'
import { ParkedCashList } from '~/ui/collections/parked-cash-list'

export const handle = pageTexts('collections')
export const meta: MetaFunction = () => [{ title: 'Cash of an ended phone · Linyada' }]

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { db, headers } = await requireMember(request, 'collections.settle')
  const deviceId = idIn(params['deviceId'])
  if (!deviceId) throw new Response('Not found', { status: 404, headers })
  const [phones, cash] = await Promise.all([
    db.from('parked_phones').select('code, member_name').eq('id', deviceId).throwOnError(),
    findParkedCash(db, deviceId).throwOnError(),
  ])
  return data(
    {
      deviceId,
      phone: phones.data[0] ?? null,
      rows: cash.data as Array<ParkedCash>,
      total: cash.count ?? 0,
    },
    { headers },
  )
}

export async function action({ request }: ActionFunctionArgs) {
  const { db, me, headers } = await requireMember(request, 'collections.settle')
  const answer = await sendCommand(await formOf(request, me), settleParkedCash.input, (value) =>
    db.rpc(settleParkedCash.name, value),
  )
  if (!answer.ok) return data(answer.reply, { status: 409, headers })
  return data({ ...answer.reply, ...(answer.result as SettledCash) }, { headers })
}

/** What an ended phone took after all, settled in one go: one list, one question. */
export default function CashOfEndedPhone() {
  const { deviceId, phone, rows, total } = useLoaderData<typeof loader>()
  const t = useT('collections')
  const back = { to: '/office/collections/parked', label: t('tab.parked') }

  return (
    <>
      <PageHeader
        title={t('together.title')}
        back={back}
        lead={
          phone
            ? t('together.lead', { name: phone.member_name ?? '—', code: phone.code ?? '—' })
            : undefined
        }
      />
      <ParkedCashList
        deviceId={deviceId}
        rows={rows}
        total={total}
        empty={
          <EmptyState
            icon={<Inbox />}
            title={t('together.empty')}
            actions={<LinkButton to={back.to}>{t('together.back')}</LinkButton>}
          >
            {t('together.empty_body')}
          </EmptyState>
        }
      />
    </>
  )
}
