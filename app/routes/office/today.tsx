import { data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { formatDay } from '~/i18n/format'
import { pageTexts } from '~/i18n/page-texts'
import { useT } from '~/i18n/use-t'
import { requireMember } from '~/server/guard.server'
import { readToday } from '~/server/today.server'
import { LinkButton } from '~/ui/base/button'
import { Card } from '~/ui/base/card'
import { EmptyState } from '~/ui/base/empty-state'
import { PageHeader } from '~/ui/base/page-header'
import { useOffice } from '~/ui/office/office-context'
import { CollectedToday } from '~/ui/today/collected-today'
import { DayNumbers } from '~/ui/today/day-numbers'
import { LatestPayments } from '~/ui/today/latest-payments'
import { SetupList } from '~/ui/today/setup-list'

export const handle = pageTexts('today', 'collections')
export const meta: MetaFunction = () => [{ title: 'Today · Linyada' }]

export async function loader({ request }: LoaderFunctionArgs) {
  const { db, me, headers } = await requireMember(request)
  return data(await readToday(db, me), { headers })
}

export default function Today() {
  const { setup, numbers, collected, payments } = useLoaderData<typeof loader>()
  const { today, can } = useOffice()
  const t = useT('today')
  const isEmpty = !setup && !numbers && !collected && !payments

  return (
    <>
      <PageHeader
        title={t('title')}
        lead={formatDay(today)}
        actions={
          can('payments.record') && !setup ? (
            <LinkButton variant="primary" to="/office/payments/new">
              {t('take')}
            </LinkButton>
          ) : undefined
        }
      />
      <div className="flex flex-col gap-5">
        {setup ? <SetupList progress={setup} /> : null}
        {numbers ? <DayNumbers numbers={numbers} /> : null}
        <div className="grid items-start gap-5 xl:grid-cols-[minmax(0,2fr)_minmax(0,3fr)]">
          {collected ? <CollectedToday rows={collected} /> : null}
          {payments ? <LatestPayments payments={payments} /> : null}
        </div>
        {isEmpty ? (
          <Card>
            <EmptyState title={t('nothing')}>{t('nothing_body')}</EmptyState>
          </Card>
        ) : null}
      </div>
    </>
  )
}
