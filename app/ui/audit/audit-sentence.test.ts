import { expect, test } from 'vitest'
import { changesOf } from './audit-changes'
import type { AuditEntry } from './audit-entry'
import { auditSentence, auditTarget } from './audit-sentence'

const entry: AuditEntry = {
  id: 'a',
  recorded_at: '2026-11-03T02:00:00Z',
  actor: 'member',
  actor_id: 'm',
  actor_name: 'Maria',
  table_name: 'service.subscribers',
  row_id: 'r',
  operation: 'update',
  before: { phone: '0917' },
  after: { phone: '0918' },
  source: 'office',
  address: null,
}

test.each([
  [{}, 'Ana Reyes', 'changed subscriber Ana Reyes'],
  [{ operation: 'insert', after: { name: 'Ana Reyes' } }, undefined, 'added subscriber Ana Reyes'],
  [
    {
      table_name: 'collections.payments',
      operation: 'insert',
      after: { amount_minor: 115_000, method: 'cash' },
    },
    'R-0042',
    'took ₱1,150.00 in cash, receipt R-0042',
  ],
  [
    { table_name: 'collections.payments', after: { stage: 'void' } },
    'R-0042',
    'voided the payment R-0042',
  ],
  [
    { table_name: 'access.members', after: { status: 'revoked' } },
    'Jun Cruz',
    'ended the access of Jun Cruz',
  ],
  [{ table_name: 'plant.naps', operation: 'delete', after: null }, undefined, 'removed naps'],
] as Array<[Partial<AuditEntry>, string | undefined, string]>)(
  '%j of %s reads “%s”',
  (change, name, sentence) => {
    expect(auditSentence({ ...entry, ...change }, name)).toBe(sentence)
  },
)

test('a record with a page is linked, another is not', () => {
  expect(auditTarget(entry)).toBe('/office/subscribers/r')
  expect(auditTarget({ ...entry, table_name: 'service.holds' })).toBeNull()
})

test('changes are read as a person reads them', () => {
  const change = {
    ...entry,
    before: { price_minor: 99_900, due_on: '2026-11-03', is_active: true, note: null },
    after: { price_minor: 115_000, due_on: '2026-11-10', is_active: false, note: 'moved' },
  }
  expect(changesOf(change, 'Asia/Manila')).toEqual([
    { field: 'Price', before: '₱999.00', after: '₱1,150.00' },
    { field: 'Due', before: '3 Nov 2026', after: '10 Nov 2026' },
    { field: 'Is active', before: 'yes', after: 'no' },
    { field: 'Note', before: '—', after: 'moved' },
  ])
})
