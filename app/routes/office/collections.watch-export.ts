import type { LoaderFunctionArgs } from '@remix-run/node'
import type { Finding } from '~/domain/finding'
import { serverSpeech } from '~/i18n/texts.server'
import { requireMember } from '~/server/guard.server'
import { sheetResponse } from '~/server/sheet.server'
import { readFindings } from '~/server/watch.server'
import { findingSentence } from '~/ui/oversight/finding-sentence'

/** What stands out as a file, in the same sentences. */
export async function loader({ request }: LoaderFunctionArgs) {
  const { db, me, headers } = await requireMember(request, 'collections.watch')
  const params = new URL(request.url).searchParams
  const { time_zone: timeZone, currency, today } = me.tenant
  const { days, findings } = await readFindings(db, params, today)
  const t = serverSpeech('en').say('oversight')

  return sheetResponse<Finding>(
    params.get('format'),
    {
      name: `watch-${days.from}-${days.until}`,
      timeZone,
      rows: findings,
      columns: [
        { header: 'Collector', value: (row) => row.member_name, width: 24 },
        { header: 'What', value: (row) => t(`watch.kind.${row.kind}`), width: 30 },
        {
          header: 'In words',
          value: (row) => findingSentence(row, { t, timeZone, currency }),
          width: 90,
        },
        { header: 'When', value: (row) => row.at, kind: 'instant', width: 18 },
        { header: 'Subscriber', value: (row) => row.subscriber_name, width: 30 },
      ],
    },
    headers,
  )
}
