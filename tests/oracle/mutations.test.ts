// The oracle must see: each of these breaks one rule of the product, by a hair, and must be noticed.

import { expect, test } from 'vitest'
import { ownDatabase } from '../db/database.ts'
import { hardLives } from './hard-lives.ts'
import { replay } from './replay.ts'
import { type Story, tellStory } from './story.ts'

const story = tellStory({
  seed: 5,
  zone: 'Asia/Manila',
  invoiceDay: 1,
  rateBp: 1200,
  subscribers: 20,
  months: 16,
})

/** Charges, discounts, corrections, deposits, certificates, prepaid time and late fees besides. */
const busy = tellStory({
  seed: 6,
  zone: 'Asia/Manila',
  invoiceDay: 1,
  rateBp: 1200,
  subscribers: 40,
  months: 24,
  lateFee: { amount: null, percentBp: 250, cap: 5000, stages: ['due', 'warned'] },
})

type Mutation = {
  rule: string
  of: string
  says: string
  instead: string
  /** Where it shows, if not in the common story. */
  within?: Story
}

const mutations: ReadonlyArray<Mutation> = [
  {
    rule: 'parts of a period are rounded half away from zero, not cut off',
    of: 'billing.propose',
    says: '(2 * sum(p.weight) over same + (p.until_on - p.from_on))',
    instead: '(2 * sum(p.weight) over same)',
  },
  {
    rule: 'days given back are given back at what they were charged',
    of: 'billing.mend',
    says: 'round(c.charged_minor::numeric * n.stay_count',
    instead: 'ceil(c.charged_minor::numeric * n.stay_count',
  },
  {
    rule: 'what is credited beyond an invoice carries VAT at its rate',
    of: 'billing.vat_of_credit',
    says: 'billing.vat_within((vat_of_credit.credited_minor - vat_of_credit.vatable_minor)::bigint, invoice.rate_bp)',
    instead: '0',
    within: hardLives,
  },
  {
    rule: 'a replaced price is followed by nobody',
    of: 'catalog.set_plan_price',
    says: 'elsif v_replaced then',
    instead: 'elsif false then',
    within: hardLives,
  },
  {
    rule: 'VAT is rounded half away from zero',
    of: 'billing.spread_vat',
    says: '* s.rate + s.divisor)',
    instead: '* s.rate)',
  },
  {
    rule: 'the left-over unit of VAT goes to the largest remainder',
    of: 'billing.spread_vat',
    says: 'order by s.remainder desc',
    instead: 'order by s.remainder',
  },
  {
    rule: 'a begun second of prepaid time is given whole',
    of: 'billing.seconds_bought',
    says: 'ceil(',
    instead: 'floor(',
  },
  {
    rule: 'the oldest invoice is paid first',
    of: 'collections.plan_payment',
    says: 'over (order by i.due_on, i.id rows',
    instead: 'over (order by i.due_on desc, i.id rows',
  },
  {
    rule: 'the earlier part of a sum takes the odd unit',
    of: 'billing.next_part',
    says: '(v_rest + next_part.remaining - 1) / next_part.remaining',
    instead: 'v_rest / next_part.remaining',
    within: busy,
  },
  {
    rule: 'a late fee is other income',
    of: 'billing.issue',
    says: "filter (where l.kind = 'late_fee')",
    instead: 'filter (where false)',
    within: busy,
  },
  {
    rule: 'late fees of an invoice have a cap',
    of: 'billing.late_fee',
    says: 'late_fee.cap_minor - late_fee.charged_minor',
    instead: 'late_fee.cap_minor',
    within: busy,
  },
  {
    rule: 'a debt that is given up is a bad debt',
    of: 'billing.write_off',
    says: "ledger.account('bad_debts')",
    instead: "ledger.account('sales_allowances')",
    within: busy,
  },
  {
    rule: 'a deposit is a liability',
    of: 'billing.take_deposit',
    says: "ledger.account('deposits')",
    instead: "ledger.account('revenue')",
    within: busy,
  },
  {
    rule: 'prepaid time costs what the plan of the day it begins costs',
    of: 'billing.plan_time',
    says: 't.valid @> (s.starts_at at time zone v_zone)::date desc',
    instead: 't.valid @> (plan_time.bought_at at time zone v_zone)::date desc',
    within: busy,
  },
  {
    rule: 'a credit note says that so much was never owed, so it costs nobody a discount that was earned',
    of: 'billing.standing_offers',
    says: 'sum(n.total_minor - n.credit_minor)',
    instead: '0 * sum(n.total_minor - n.credit_minor)',
    within: busy,
  },
  {
    rule: 'offers beside one invoice are earned together',
    of: 'billing.standing_offers',
    says: 'r.received_minor + o.all_minor < o.rest_minor',
    instead: 'r.received_minor + o.amount_minor < o.rest_minor',
    within: busy,
  },
  {
    rule: 'what money earned by being there on time goes with it',
    of: 'collections.reconsider',
    says: 'v_changed := billing.settle_prompt_discounts(reconsider.subscriber_id)',
    instead: 'v_changed := false',
    within: busy,
  },
  {
    rule: 'the last invoice of a service asks all the parts that are left',
    of: 'billing.propose',
    says: 'else 1::smallint end',
    instead: 'else c.remaining end',
    within: hardLives,
  },
  {
    rule: 'a credit that no invoice will take is given back',
    of: 'service.settle',
    says: 'v_notes := v_notes || billing.give_back_credits(subscription);',
    instead: '',
    within: hardLives,
  },
]

test('nothing is noticed while every rule is kept', async () => {
  const { difference } = await replay(story, await ownDatabase())
  expect(difference).toBeNull()
})

test.each(mutations)(
  'it is noticed when it is not true that $rule',
  async (mutation) => {
    const told = mutation.within ?? story
    const { difference } = await replay(told, await ownDatabase(), { mutation: sqlOf(mutation) })
    expect(difference?.what).toMatch(
      /^(invoice \d+|allocations|notes|sales|receivable|credit|deposit|trial balance)$/,
    )
    expect(difference?.product, 'the run failed instead of doing wrong').toSatisfy(isStored)
  },
  300_000,
)

/** Says something else in the text of a function; that the text is not there is an error, so no mutation dies unnoticed. */
function sqlOf({ of, says, instead }: Mutation) {
  return `do $break$
    declare
      v_source text := pg_get_functiondef((
        select f.oid from pg_proc as f where f.oid::regproc::text = '${of}'));
    begin
      if position($said$${says}$said$ in v_source) = 0 then
        raise exception 'Nothing to break: % no longer says %', '${of}', $said$${says}$said$;
      end if;
      execute replace(v_source, $said$${says}$said$, $said$${instead}$said$);
    end
  $break$`
}

/** What is stored of a subscriber is a sum or a list of plain values; what a run complained of is not. */
function isStored(product: unknown) {
  return (
    typeof product === 'number' ||
    (Array.isArray(product) &&
      product.every((value) => typeof value !== 'object' || value === null))
  )
}
