// The verifier can see: each invariant is broken once, with triggers asleep, and each time it is named.

import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { findOffences } from '../../supabase/local/verify.ts'
import { ownDatabase, setClock, sql, transaction } from './database.ts'
import { billedSubscriber, phoneOf } from './field.ts'
import { uuid7 } from './ids.ts'
import { bill, noon, pay } from './money.ts'
import { type Person, signUpTenant, type Stage, type Tenant } from './story.ts'

/** How each invariant is broken; `:tenant` is the ISP's id. */
const PLANTS: Record<string, string> = {
  'a transaction sums to zero': `
    update ledger.entries set amount_minor = amount_minor + 1
    where ctid = (select e.ctid from ledger.entries as e where e.tenant_id = :tenant limit 1)`,
  'the trial balance is zero': `
    update ledger.entries set amount_minor = amount_minor + 1
    where ctid = (select e.ctid from ledger.entries as e where e.tenant_id = :tenant limit 1)`,
  'a cached balance is the sum of its entries': `
    update ledger.balances set amount_minor = amount_minor + 1 where tenant_id = :tenant`,
  "a subscriber's credit is not below zero": `
    insert into ledger.balances (tenant_id, account_id, amount_minor)
    select a.tenant_id, a.id, 5 from ledger.accounts as a where a.tenant_id = :tenant and a.code = 'subscriber_credit'
    on conflict (tenant_id, account_id) do update set amount_minor = 5`,
  'an invoice is the sum of its lines': `
    update billing.invoice_lines set net_minor = net_minor - 1, total_minor = total_minor - 1 where tenant_id = :tenant`,
  'an invoice is posted as it stands': `
    update billing.invoices set net_minor = net_minor + 1, total_minor = total_minor + 1 where tenant_id = :tenant`,
  'a void invoice is reversed': `
    update billing.invoices set state = 'void', balance_minor = 0, voided_at = clock.now(), void_reason = 'planted'
    where tenant_id = :tenant`,
  "an invoice's balance is its total less allocations, credit notes and write-offs": `
    update billing.invoices set balance_minor = balance_minor - 1 where tenant_id = :tenant and state = 'open'`,
  'an invoice is open exactly while something is owed': `
    update billing.invoices set balance_minor = 0 where tenant_id = :tenant and state = 'open'`,
  "a subscriber's receivable is the sum of the open invoices": `
    update billing.invoices set balance_minor = balance_minor - 1 where tenant_id = :tenant and state = 'open'`,
  'a payment is not allocated beyond its amount': `
    update collections.allocations set amount_minor = amount_minor + 9000000 where tenant_id = :tenant and payment_id is not null`,
  'a payment is posted as it stands': `
    update collections.payments set amount_minor = amount_minor + 1 where tenant_id = :tenant`,
  "a collector's cash is the field cash less what was remitted": `
    update collections.payments set channel = 'counter' where tenant_id = :tenant and channel = 'field'`,
  "a collector's cash is not below zero": `
    insert into ledger.balances (tenant_id, account_id, amount_minor)
    select a.tenant_id, a.id, -5 from ledger.accounts as a where a.tenant_id = :tenant and a.code = 'collector_cash'
    on conflict (tenant_id, account_id) do update set amount_minor = -5`,
  'a remittance expects the cash of its payments': `
    update collections.payments set remittance_id = null, stage = 'posted' where tenant_id = :tenant and remittance_id is not null`,
  'a payment is remitted exactly when its remittance is accepted': `
    update collections.payments set stage = 'posted' where tenant_id = :tenant and stage = 'remitted'`,
  'an accepted remittance is posted as it stands': `
    update collections.remittances set counted_minor = counted_minor + 1, counted_denominations = '{}' where tenant_id = :tenant`,
  'a remittance is counted and decided by others': `
    alter table collections.remittances drop constraint remittances_word;
    update collections.remittances set approved_by = counted_by where tenant_id = :tenant`,
  'who took a payment does not say that it is no double': `
    insert into collections.doubles (tenant_id, id, other_id, kind, settled_at, settled_by, decision, note)
    select p.tenant_id, p.id, o.id, 'one_day', clock.now(), p.received_by, 'both_right', 'planted'
    from collections.payments as p join collections.payments as o on o.tenant_id = p.tenant_id and o.id <> p.id
    where p.tenant_id = :tenant and p.received_by is not null limit 1
    on conflict (tenant_id, id) do update set settled_at = excluded.settled_at, settled_by = excluded.settled_by,
      decision = excluded.decision, note = excluded.note`,
  'the payments of a pair are of one subscriber': `
    insert into collections.doubles (tenant_id, id, other_id, kind)
    select p.tenant_id, p.id, o.id, 'one_day'
    from collections.payments as p
    join collections.payments as o on o.tenant_id = p.tenant_id and o.subscriber_id is distinct from p.subscriber_id
    where p.tenant_id = :tenant limit 1
    on conflict (tenant_id, id) do update set other_id = excluded.other_id`,
  "a collector's shortage is what was short less what was repaid": `
    update collections.shortage_repayments set amount_minor = amount_minor + 1 where tenant_id = :tenant`,
  'a bank deposit is posted as its slip says': `
    update collections.bank_deposits set amount_minor = amount_minor + 1 where tenant_id = :tenant`,
  'a bank deposit holds the remittances it names': `
    update collections.bank_deposits set amount_minor = 1 where tenant_id = :tenant`,
  'an ended phone holds no receipt numbers': `
    update collections.devices set status = 'revoked', revoked_at = clock.now(), end_reason = 'planted' where tenant_id = :tenant`,
  'a broken chain has its alarm': `
    with first as (
      update sync.commands set hash = repeat('a', 64) where tenant_id = :tenant returning *
    )
    insert into sync.commands (tenant_id, id, member_id, device_id, device_seq, name, input, happened_at, schema_version, request_hash,
      prev_hash, state, received_at)
    select f.tenant_id, gen_random_uuid(), f.member_id, f.device_id, f.device_seq + 1, f.name, f.input, f.happened_at, 2, f.request_hash,
      repeat('b', 64), 'applied', f.received_at from first as f`,
  'a receipt number is given once': `
    update collections.receipts set number = 'R-000001' where tenant_id = :tenant`,
  'a phone gives the numbers lent to it, and nobody else does': `
    update collections.payments set device_id = null where tenant_id = :tenant and device_id is not null`,
  'a number a phone passed over has its reason': `
    update collections.receipts as r set serial = r.serial + 1
    from collections.payments as p where r.tenant_id = :tenant and p.tenant_id = r.tenant_id and p.id = r.payment_id and p.device_id is not null
      and r.serial = (select b.first_serial from collections.receipt_blocks as b where b.tenant_id = r.tenant_id)`,
  'an invoice series has no gap': `
    update tenancy.document_series set next_number = next_number + 1 where tenant_id = :tenant and kind = 'invoice'`,
  'a credit note series has no gap': `
    with counted as (update tenancy.document_series set next_number = 4 where tenant_id = :tenant and kind = 'credit_note')
    insert into billing.credit_notes
      (tenant_id, invoice_id, subscriber_id, serial, number, issued_on, reason, net_minor, vat_minor, total_minor)
    select i.tenant_id, i.id, i.subscriber_id, n.serial, 'CN-' || n.serial, i.issued_on, 'planted', 1, 0, 1
    from (select * from billing.invoices where tenant_id = :tenant limit 1) as i
    cross join (values (1), (3)) as n(serial)`,
  'a document is numbered by the series of its branch': `
    update billing.invoices set branch = '00009' where tenant_id = :tenant and number is not null`,
  'a number lost in a restore is given to nobody': `
    insert into tenancy.lost_numbers (tenant_id, series_id, first_serial, last_serial, said_at, said_by, note)
    select s.tenant_id, s.id, 1, 1, clock.now(), m.id, 'planted'
    from tenancy.document_series as s
    join access.members as m on m.tenant_id = s.tenant_id
    where s.tenant_id = :tenant and s.kind = 'invoice' limit 1`,
  'a receipt series has no gap': `
    update tenancy.document_series set next_number = next_number + 1 where tenant_id = :tenant and kind = 'receipt'`,
  'a series is ahead of its numbers': `
    update tenancy.document_series set next_number = 1 where tenant_id = :tenant`,
  'a postpaid day is billed once': `
    update billing.invoice_lines set service_from = service_from - interval '3 days'
    where tenant_id = :tenant and kind = 'recurring' and period = '2026-12-01'`,
  'a postpaid day is billed': `
    update billing.invoice_lines set service_from = service_from + interval '3 days'
    where tenant_id = :tenant and kind = 'recurring' and period = '2026-12-01'`,
  'a day without service is not billed': `
    insert into service.pauses (tenant_id, subscription_id, days)
    select u.tenant_id, u.id, '[2026-11-10,2026-11-12)' from service.subscriptions as u
    where u.tenant_id = :tenant and u.billing_mode = 'postpaid'`,
  'a day is billed at its plan and price': `
    update service.subscription_terms set price_minor = price_minor + 1 where tenant_id = :tenant`,
  'a service has a plan on each of its days': `
    update service.subscription_terms set valid = daterange(lower(valid) + 3, upper(valid)) where tenant_id = :tenant`,
  'a service that waits to begin has what it was sold at': `
    insert into service.subscriptions (tenant_id, subscriber_id, billing_mode, state)
    select s.tenant_id, s.id, 'postpaid', 'pending' from service.subscribers as s where s.tenant_id = :tenant limit 1`,
  'no line gives back more than it charged': `
    insert into billing.returned_days (tenant_id, line_id, days, amount_minor, by_line_id)
    select l.tenant_id, l.id, '[2026-11-10,2026-11-12)', l.total_minor + 1, l.id
    from billing.invoice_lines as l where l.tenant_id = :tenant and l.kind = 'recurring' and l.period = '2026-11-01'`,
  'days given back stand as they are on their line': `
    insert into billing.returned_days (tenant_id, line_id, days, amount_minor, by_line_id)
    select l.tenant_id, l.id, '[2026-11-10,2026-11-12)', 1, l.id
    from billing.invoice_lines as l where l.tenant_id = :tenant and l.kind = 'recurring' and l.period = '2026-11-01'`,
  'a finished run saw every service it was for': `
    insert into service.subscriptions (tenant_id, subscriber_id, billing_mode, state, activated_on, created_at, updated_at)
    select s.tenant_id, s.id, 'postpaid', 'active', '2026-10-01', '2026-10-01', '2026-10-01'
    from service.subscribers as s where s.tenant_id = :tenant limit 1`,
  'an allocation is not taken back beyond its amount': `
    insert into collections.allocations (tenant_id, invoice_id, payment_id, amount_minor, reverses)
    select a.tenant_id, a.invoice_id, a.payment_id, -a.amount_minor - 1, a.id
    from collections.allocations as a where a.tenant_id = :tenant and a.reverses is null limit 1`,
  'a void payment leaves nothing in the books': `
    update collections.payments set stage = 'void', void_kind = 'mistake', voided_at = clock.now() where tenant_id = :tenant`,
  'a payment posted to another subscriber goes on as one like it': `
    update collections.payments set stage = 'void', void_kind = 'transferred', voided_at = clock.now() where tenant_id = :tenant`,
  'a credit note is the sum of its lines and posted as it stands': `
    insert into billing.credit_notes
      (tenant_id, invoice_id, subscriber_id, serial, number, issued_on, reason, net_minor, vat_minor, total_minor)
    select i.tenant_id, i.id, i.subscriber_id, 1, 'CN-1', i.issued_on, 'planted', 1, 0, 1
    from billing.invoices as i where i.tenant_id = :tenant limit 1`,
  'credit notes stay within their invoice': `
    insert into billing.credit_notes
      (tenant_id, invoice_id, subscriber_id, serial, number, issued_on, reason, net_minor, vat_minor, total_minor)
    select i.tenant_id, i.id, i.subscriber_id, 1, 'CN-1', i.issued_on, 'planted', i.total_minor + 1, 0, i.total_minor + 1
    from billing.invoices as i where i.tenant_id = :tenant limit 1`,
  'only days given back are credited beyond their invoice': `
    insert into billing.credit_notes
      (tenant_id, invoice_id, subscriber_id, serial, number, issued_on, reason, net_minor, vat_minor, total_minor, credit_minor)
    select i.tenant_id, i.id, i.subscriber_id, 1, 'CN-1', i.issued_on, 'planted', 1, 0, 1, 1
    from billing.invoices as i where i.tenant_id = :tenant limit 1`,
  'a line is not credited beyond what it charged': `
    with note as (
      insert into billing.credit_notes
        (tenant_id, invoice_id, subscriber_id, serial, number, issued_on, reason, net_minor, vat_minor, total_minor)
      select i.tenant_id, i.id, i.subscriber_id, 1, 'CN-1', i.issued_on, 'planted', 1, 0, 1
      from billing.invoices as i where i.tenant_id = :tenant limit 1
      returning *)
    insert into billing.credit_note_lines (tenant_id, credit_note_id, invoice_line_id, total_minor)
    select l.tenant_id, n.id, l.id, l.total_minor + 1
    from note as n join billing.invoice_lines as l on l.tenant_id = n.tenant_id and l.invoice_id = n.invoice_id`,
  'a write-off is posted as it stands': `
    insert into billing.write_offs (tenant_id, id, invoice_id, subscriber_id, amount_minor, reason)
    select i.tenant_id, gen_random_uuid(), i.id, i.subscriber_id, 1, 'planted' from billing.invoices as i where i.tenant_id = :tenant limit 1`,
  'a debt is not recovered beyond what was written off': `
    with lost as (
      insert into billing.write_offs (tenant_id, id, invoice_id, subscriber_id, amount_minor, reason)
      select i.tenant_id, gen_random_uuid(), i.id, i.subscriber_id, 1, 'planted' from billing.invoices as i where i.tenant_id = :tenant limit 1
      returning *)
    insert into collections.recoveries (tenant_id, write_off_id, payment_id, amount_minor)
    select p.tenant_id, w.id, p.id, 2 from lost as w join collections.payments as p on p.tenant_id = w.tenant_id limit 1`,
  'recovered debts are what payments recovered': `
    with lost as (
      insert into billing.write_offs (tenant_id, id, invoice_id, subscriber_id, amount_minor, reason)
      select i.tenant_id, gen_random_uuid(), i.id, i.subscriber_id, 2, 'planted' from billing.invoices as i where i.tenant_id = :tenant limit 1
      returning *)
    insert into collections.recoveries (tenant_id, write_off_id, payment_id, amount_minor)
    select p.tenant_id, w.id, p.id, 2 from lost as w join collections.payments as p on p.tenant_id = w.tenant_id limit 1`,
  'a refund is posted as it stands, and is of one payment no more than it brought': `
    insert into collections.refunds (tenant_id, id, subscriber_id, method, amount_minor, reason)
    select s.tenant_id, gen_random_uuid(), s.id, 'cash', 1, 'planted' from service.subscribers as s where s.tenant_id = :tenant limit 1`,
  'a certificate stands in the books where it is': `
    insert into collections.certificates (tenant_id, payment_id, state)
    select p.tenant_id, p.id, 'pending' from collections.payments as p where p.tenant_id = :tenant limit 1`,
  'a correction above the limit has two people': `
    alter table billing.corrections drop constraint corrections_second_person;
    insert into billing.corrections
      (tenant_id, id, kind, subscriber_id, amount_minor, reason, request, subject_state, limit_minor, state, asked_by, result)
    select m.tenant_id, gen_random_uuid(), 'refund', s.id, 2, 'planted', '{}', '', 1, 'done', m.id, '{}'
    from access.members as m join service.subscribers as s on s.tenant_id = m.tenant_id where m.tenant_id = :tenant limit 1`,
  'what is given back or given up comes from a correction': `
    insert into collections.refunds (tenant_id, id, subscriber_id, method, amount_minor, reason)
    select s.tenant_id, gen_random_uuid(), s.id, 'cash', 1, 'planted' from service.subscribers as s where s.tenant_id = :tenant limit 1`,
  'paid until is the end of the last period bought': `
    update service.subscriptions set paid_until = paid_until + interval '1 hour' where tenant_id = :tenant`,
  'bought time waits for nothing': `
    update billing.prepaid_periods set starts_at = starts_at + interval '1 second'
    where tenant_id = :tenant and starts_at > bought_at`,
  'a charge in parts adds up': `
    update billing.charge_parts set amount_minor = amount_minor + 50000 where tenant_id = :tenant and pay_by_on is null`,
  'discounts earned by paying on time are posted': `
    update billing.charge_parts set earned_at = null, earned_minor = 0 where tenant_id = :tenant and earned_at is not null`,
  'a discount for paying on time is earned as the rule says': `
    update billing.charge_parts set earned_minor = earned_minor - 1 where tenant_id = :tenant and earned_minor > 1`,
  'the deposits account is what is held of subscribers': `
    update billing.deposits set amount_minor = amount_minor + 1 where tenant_id = :tenant`,
  "a subscriber's deposit is not below zero": `
    update billing.deposits set amount_minor = -1, kind = 'applied' where tenant_id = :tenant`,
  'nothing is posted into a closed month': `
    insert into ledger.periods (tenant_id, month, state, closed_at, trial_balance_hash)
    values (:tenant, '2026-11-01', 'closed', '2026-11-01', repeat('0', 64))`,
  'revenue and VAT move only by a document': `
    with posted as (
      insert into ledger.transactions (tenant_id, kind, accounting_on, occurred_at, source_kind, source_id, idempotency_key)
      values (:tenant, 'payment', '2026-12-01', '2026-12-01', 'test', :tenant, 'planted') returning tenant_id, id)
    insert into ledger.entries (tenant_id, transaction_id, line, account_id, amount_minor)
    select p.tenant_id, p.id, 1, a.id, -5 from posted as p
    join ledger.accounts as a on a.tenant_id = p.tenant_id and a.code = 'revenue'`,
  'a closed month has the trial balance it was closed with': `
    insert into ledger.periods (tenant_id, month, state, closed_at, trial_balance_hash)
    values (:tenant, '2026-11-01', 'closed', '2027-01-01', repeat('0', 64))`,
  'months are closed in their order': `
    insert into ledger.periods (tenant_id, month, state, closed_at) values (:tenant, '2026-12-01', 'soft', '2027-01-01')`,
  'a stage follows from its facts': `
    insert into billing.dunning_stages (tenant_id, subscriber_id, invoice_id, stage, reached_on, open_minor, facts)
    select i.tenant_id, i.subscriber_id, i.id, 'suspended', i.due_on, 1, '{}' from billing.invoices as i where i.tenant_id = :tenant limit 1`,
  'nobody is cut against the calendar': `
    insert into service.holds (tenant_id, subscription_id, kind, reason, rule, facts)
    select u.tenant_id, u.id, 'nonpayment', 'planted', 'dunning', '{}' from service.subscriptions as u where u.tenant_id = :tenant limit 1`,
  'nobody stays cut who owes nothing late': `
    insert into service.holds (tenant_id, subscription_id, kind, reason, rule, facts)
    select u.tenant_id, u.id, 'nonpayment', 'planted', 'dunning', '{}'
    from service.subscriptions as u where u.tenant_id = :tenant and u.billing_mode = 'prepaid'`,
  'a promise says what became of it': `
    insert into collections.promises (tenant_id, id, subscriber_id, promised_on, taken_by, made_at)
    select m.tenant_id, gen_random_uuid(), s.id, '2026-11-02', m.id, '2026-11-01'
    from access.members as m join service.subscribers as s on s.tenant_id = m.tenant_id where m.tenant_id = :tenant limit 1`,
  'a late fee is its charge': `
    with charge as (
      insert into billing.charges (tenant_id, subscriber_id, kind, description, amount_minor, starts_on)
      select i.tenant_id, i.subscriber_id, 'late_fee', 'planted', 100, '2026-12-01' from billing.invoices as i where i.tenant_id = :tenant limit 1
      returning tenant_id, id, subscriber_id
    )
    insert into billing.late_fees (tenant_id, subscriber_id, invoice_id, stage, charge_id, base_minor, amount_minor)
    select c.tenant_id, c.subscriber_id, i.id, 'warned', c.id, 1000, 200
    from charge as c join billing.invoices as i on i.tenant_id = c.tenant_id and i.subscriber_id = c.subscriber_id limit 1`,
}

/** Two months of an ISP with every kind of money in them. */
async function liveTwoMonths(): Promise<Tenant> {
  await setClock(noon('2026-10-05'))
  const isp = await signUpTenant('North Fiber')
  const carlo = await isp.collector()
  const ana = await billedSubscriber(isp, carlo)
  const ben = await isp.subscriber({ name: 'Ben' })
  const time = await isp.service(
    ben,
    await isp.plan({ billing_mode: 'prepaid', prepaid_days: 30, price_minor: 100_000 }),
  )
  const dora = await isp.subscriber({ name: 'Dora' })
  await isp.service(dora, await isp.plan({ price_minor: 80_000 }), '2026-10-01')
  for (const facts of [
    { kind: 'one_time', description: 'Router', amount_minor: 100_000, parts: 3 },
    { kind: 'discount', description: 'On time', amount_minor: 5_000, is_conditional: true },
  ]) {
    await isp.owner.call('save_charge', {
      charge: { id: uuid7(), subscriber_id: dora, starts_on: '2026-10-05', ...facts },
    })
  }
  await isp.owner.call('take_deposit', {
    deposit: {
      id: uuid7(),
      payment_id: uuid7(),
      subscriber_id: dora,
      amount_minor: 150_000,
      method: 'cash',
    },
  })
  await bill(isp, '2026-11-01')
  const phone = await phoneOf(carlo)
  await pay(isp.owner, { subscriber_id: dora, amount_minor: 200_000 })
  await phone.push(phone.payment(ana, 60_000))
  await remitShort(isp, carlo)
  await pay(isp.owner, { subscriber_id: ana, amount_minor: 50_000 })
  await pay(isp.owner, { subscriber_id: ben, subscription_id: time, amount_minor: 100_000 })
  await pay(isp.owner, { subscriber_id: ben, subscription_id: time, amount_minor: 100_000 })
  await bill(isp, '2026-12-01')
  await sql`set constraints all immediate`
  return isp
}

/** Handed in a little short, accepted, made good in part, and taken to the bank. */
async function remitShort(isp: Tenant, collector: Person) {
  const id = uuid7()
  await collector.call('submit_remittance', { remittance: { id, declared_minor: 60_000 } })
  await isp.owner.call('count_remittance', { remittance_id: id, counted_minor: 59_000 })
  const manager = await isp.member('remittances.approve', 'collections.read')
  await manager.call('approve_variance', { remittance_id: id, note: 'one note missing' })
  await isp.owner.call('repay_shortage', {
    repayment: { id: uuid7(), collector_id: collector.memberId, amount_minor: 400 },
  })
  await isp.owner.call('record_bank_deposit', {
    deposit: {
      id: uuid7(),
      amount_minor: 59_400,
      bank: 'Landbank',
      slip_number: '1',
      remittance_ids: [id],
    },
  })
}

async function letTriggersSleep() {
  for (const { table } of await sql<Array<{ table: string }>>`
    select distinct t.tgrelid::regclass::text as table from pg_trigger as t
    where not t.tgisinternal and t.tgrelid::regclass::text ~ '^(ledger|billing|collections|tenancy|service)\\.'
  `) {
    await sql.unsafe(`alter table ${table} disable trigger user`)
  }
}

test('every money invariant, once broken, is named', async () => {
  const isp = await liveTwoMonths()
  expect(await findOffences(sql, isp.id)).toEqual([])
  await letTriggersSleep()

  const unseen: Array<string> = []
  for (const [invariant, plant] of Object.entries(PLANTS)) {
    const named = await afterwardsUndone(async () => {
      const answers = await sql.unsafe(plant.replaceAll(':tenant', `'${isp.id}'`))
      // Where a constraint has to go first, the last statement is the plant.
      const { count } = Array.isArray(answers[0]) ? (answers.at(-1) as typeof answers) : answers
      expect([invariant, count > 0]).toEqual([invariant, true])
      const found = await sql<Array<{ invariant: string }>>`
        select distinct invariant from ledger.offences(${isp.id})
      `
      return found.map((offence) => offence.invariant)
    })
    if (!named.includes(invariant)) unseen.push(invariant)
  }
  expect(unseen).toEqual([])
})

test('there is a plant for every invariant', async () => {
  const bodies = await sql<Array<{ body: string }>>`
    select f.prosrc as body from pg_proc as f
    where f.pronamespace = 'ledger'::regnamespace and f.proname like 'offences%'
  `
  const known = bodies.flatMap(({ body }) =>
    [...body.matchAll(/^\s*select '((?:[^']|'')+)', \w\.tenant_id/gm)].map(([, name = '']) => name),
  )
  const names = new Set(known.map((name) => name.replaceAll("''", "'")))
  expect([...names].sort()).toEqual(Object.keys(PLANTS).sort())
})

test('an opened wall and a row that points over it are named', async () => {
  const isp = await signUpTenant('North Fiber')
  const other = await signUpTenant('South Fiber')
  await isp.route(await isp.collector(), await isp.subscriber())
  const theirs = await other.subscriber()
  await sql`set constraints all immediate`

  const holes: Array<[string, string]> = [
    [
      'row level security is forced on every table',
      'alter table service.subscribers no force row level security',
    ],
    [
      'a wall stands around every tenant table',
      'drop policy payments_same_tenant on collections.payments',
    ],
    [
      'a wall stands around every tenant table',
      'alter policy payments_same_tenant on collections.payments using (true)',
    ],
    [
      'nobody writes a table through the Data API',
      'grant update (name) on service.subscribers to authenticated',
    ],
    [
      'a view of the Data API asks as its caller',
      'alter view api.payments reset (security_invoker)',
    ],
    [
      'what a row refers to is there, in the same tenant',
      `alter table places.route_stops drop constraint route_stops_tenant_id_subscriber_id_fkey;
       update places.route_stops set subscriber_id = '${theirs}' where tenant_id = '${isp.id}';
       alter table places.route_stops add foreign key (tenant_id, subscriber_id)
         references service.subscribers (tenant_id, id) not valid`,
    ],
  ]
  const unseen: Array<string> = []
  for (const [invariant, hole] of holes) {
    const named = await afterwardsUndone(async () => {
      await sql.unsafe(hole)
      return (await findOffences(sql)).map((offence) => offence.invariant)
    })
    if (!named.includes(invariant)) unseen.push(hole)
  }
  expect(unseen).toEqual([])
})

test('the command counts, and its end says what it found', async () => {
  const database = await ownDatabase()
  const stage = { sql: database.sql, actor: database.actor } as unknown as Stage
  const isp = await signUpTenant('North Fiber', stage)
  await pay(isp.owner, { subscriber_id: await isp.subscriber(), amount_minor: 5000 })

  expect(await command('--url', database.url)).toEqual({ code: 0, lines: ['0 offences'] })

  await database.sql`
    update tenancy.document_series set next_number = next_number + 1 where tenant_id = ${isp.id} and kind = 'receipt'
  `
  expect(await command('--url', database.url, '--tenant', isp.id)).toEqual({
    code: 1,
    lines: ['a receipt series has no gap · north-fiber · 00000 · number 2 is missing', '1 offence'],
  })

  expect(await command('--url', database.url.replace(/:\d+\//, ':1/'))).toMatchObject({ code: 2 })
  expect(await command('--url', database.url, '--tenant', 'nobody')).toMatchObject({ code: 2 })
})

async function afterwardsUndone<T>(work: () => Promise<T>): Promise<T> {
  const undo = new Error('undo')
  let result: { value: T } | undefined
  await transaction(async () => {
    result = { value: await work() }
    throw undo
  }).catch((error: unknown) => {
    if (error !== undo) throw error
  })
  if (!result) throw new Error('Nothing was done')
  return result.value
}

async function command(...flags: Array<string>) {
  const run = promisify(execFile)(process.execPath, [
    '--import',
    'tsx',
    'supabase/local/verify.ts',
    ...flags,
  ])
  const { code, stdout } = await run.then(
    ({ stdout }) => ({ code: 0, stdout }),
    (error: { code: number; stdout: string }) => error,
  )
  return { code, lines: stdout.split('\n').filter(Boolean) }
}
