import { data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { UserCheck } from 'lucide-react'
import { hindrances, stages, type Round } from '~/domain/dunning'
import { pageTexts } from '~/i18n/page-texts'
import { formatInstant } from '~/i18n/format'
import { useT } from '~/i18n/use-t'
import { findLate, latestRound } from '~/server/dunning.server'
import { requireMember } from '~/server/guard.server'
import { readPage } from '~/server/list-query.server'
import { Banner } from '~/ui/base/banner'
import { PageHeader } from '~/ui/base/page-header'
import { BillingTabs } from '~/ui/billing/billing-tabs'
import { LateTable } from '~/ui/dunning/late-table'
import { FilteredList } from '~/ui/office/filtered-list'
import { NoRows } from '~/ui/office/no-rows'
import { useOffice } from '~/ui/office/office-context'

export const handle = pageTexts('dunning', 'billing')
export const meta: MetaFunction = () => [{ title: 'Late payers · Linyada' }]

export async function loader({ request }: LoaderFunctionArgs) {
  const { db, headers } = await requireMember(request, 'billing.read')
  const params = new URL(request.url).searchParams

  const [found, round, routes] = await Promise.all([
    readPage(findLate(db, params), params, headers),
    latestRound(db),
    db.from('routes').select('id, name').order('name').throwOnError(),
  ])
  return data({ late: found.rows, total: found.total, round, routes: routes.data }, { headers })
}

export default function LatePayers() {
  const { late, total, round, routes } = useLoaderData<typeof loader>()
  const t = useT('dunning')
  const { today } = useOffice()

  return (
    <>
      <PageHeader title={t('title')} lead={t('lead')} />
      <BillingTabs />
      <RoundNotice round={round} />
      <FilteredList
        search={{ label: t('search') }}
        filters={[
          {
            name: 'stage',
            label: t('filter.stage'),
            options: stages.map((stage) => ({ value: stage, label: t(`stage.${stage}`) })),
          },
          {
            name: 'waits',
            label: t('filter.waits'),
            options: hindrances.map((waits) => ({ value: waits, label: t(`waits.${waits}`) })),
          },
          {
            name: 'route',
            label: t('filter.route'),
            options: routes.map((route) => ({ value: route.id, label: route.name })),
          },
        ]}
        exportTo="/office/late/export"
        total={total}
      >
        <LateTable rows={late} today={today} empty={<NobodyLate />} />
      </FilteredList>
    </>
  )
}

/** When the calendar looked last. A day it missed is nobody's loss, but the office should know. */
function RoundNotice({ round }: { round: Round | null }) {
  const t = useT('dunning')
  const { time_zone } = useOffice()
  if (!round) return <p className="mb-3 text-sm text-soft">{t('round.none')}</p>

  return (
    <>
      {round.is_late ? (
        <Banner kind="danger" title={t('round.late')} className="mb-3">
          {t('round.late_body')}
        </Banner>
      ) : null}
      {round.last_error ? (
        <Banner kind="warn" className="mb-3">
          {t('round.error', { error: round.last_error })}
        </Banner>
      ) : null}
      {round.finished_at ? (
        <p className="mb-3 text-sm text-soft">
          {t('round.last', {
            at: formatInstant(round.finished_at, time_zone),
            seen: round.seen_count,
            cuts: round.cut_count,
          })}
        </p>
      ) : null}
    </>
  )
}

function NobodyLate() {
  const t = useT('dunning')
  return (
    <NoRows
      icon={<UserCheck />}
      yet={{ title: t('none'), body: t('none_body') }}
      fit={{ title: t('none_fit'), body: t('none_fit_body') }}
    />
  )
}
