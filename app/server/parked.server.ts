import { settleParkedCash } from '~/commands/settle-parked-cash'
import type { Parked } from '~/domain/parked'
import { anyColumnContains, idIn, orderOf } from './list-query.server'
import { list } from './listing.server'
import type { Db } from './supabase.server'

const sortable = ['received_at', 'happened_at', 'amount_minor', 'member_name']

/** What waits and what was settled, as an address asks for it; what waits stands first. */
export function findParked(db: Db, params: URLSearchParams) {
  return list<Parked>((how) => {
    const order = orderOf(params, sortable, '-received_at')
    let query = db.from('parked').select('*', how)
    for (const column of ['state', 'kind'] as const) {
      const value = params.get(column)
      if (value) query = query.eq(column, value)
    }
    const collector = idIn(params.get('collector'))
    if (collector) query = query.eq('member_id', collector)
    const typed = params.get('q')?.trim()
    if (typed) {
      query = query.or(
        anyColumnContains(
          ['receipt_number', 'subscriber_name', 'account_no', 'settled_note'],
          typed,
        ),
      )
    }
    return {
      fitting: query,
      order: [
        { column: 'state', ascending: false },
        { ...order, emptyLast: true },
        { column: 'id', ascending: true },
      ],
    }
  })
}

/** Cash of an ended phone that names its subscriber, the oldest first, as much as is settled in one go. */
export function findParkedCash(db: Db, deviceId: string) {
  return db
    .from('parked')
    .select('id, receipt_number, subscriber_name, account_no, amount_minor, happened_at', {
      count: 'exact',
    })
    .match({
      kind: 'command',
      state: 'waiting',
      device_id: deviceId,
      reason: 'device_revoked',
      payment_stage: 'unidentified',
    })
    .not('subscriber_id', 'is', null)
    .order('happened_at')
    .order('id')
    .limit(settleParkedCash.most)
}
