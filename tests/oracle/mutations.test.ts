// The oracle must see: each of these breaks one rule of the product, by a hair, and must be noticed.

import { expect, test } from 'vitest'
import { ownDatabase } from '../db/database.ts'
import { replay } from './replay.ts'
import { tellStory } from './story.ts'

/** Stands before the proposal of a run and changes what it says. */
const proposing = (said: string) => `
  alter function billing.propose(date, uuid[], uuid) rename to propose_truly;
  create function billing.propose(period date, subscribers uuid[] default null, subscription uuid default null) returns setof billing.proposed_line
  language plpgsql security definer set search_path = '' as $$
  declare v_line billing.proposed_line;
  begin
    for v_line in select * from billing.propose_truly(propose.period, propose.subscribers, propose.subscription) loop
      ${said}
    end loop;
  end $$;
  call access.stand_before_wall('billing.propose(date, uuid[], uuid)');
`

const story = tellStory({
  seed: 5,
  zone: 'Asia/Manila',
  invoiceDay: 1,
  rateBp: 1200,
  subscribers: 12,
  months: 16,
})

const mutations = [
  {
    rule: 'parts of a period are rounded half away from zero, not cut off',
    mutation: proposing(`
      v_line.amount_minor := v_line.amount_minor - (v_line.service_until - v_line.service_from < interval '28 days')::integer;
      return next v_line;`),
  },
  {
    rule: 'a leap day is a day',
    mutation: proposing(`
      if v_line.service_until::date = '2028-03-01' then
        v_line.service_until := v_line.service_until - interval '1 day';
      end if;
      return next v_line;`),
  },
  {
    rule: 'nobody is left out of a run',
    mutation: proposing(`
      if v_line.service_until - v_line.service_from > interval '5 days' then return next v_line; end if;`),
  },
  {
    rule: 'a begun second of prepaid time is given whole',
    mutation: `
      create or replace function billing.seconds_bought(amount_minor bigint, price_minor bigint, prepaid_days integer)
      returns bigint language sql immutable set search_path = ''
      as 'select amount_minor * prepaid_days * 86400 / price_minor'`,
  },
  {
    rule: 'VAT is rounded half away from zero',
    mutation: `
      create or replace function billing.vat_within(amount_minor bigint, rate_bp integer)
      returns bigint language sql immutable set search_path = ''
      as 'select amount_minor * rate_bp / (10000 + rate_bp)'`,
  },
  {
    rule: 'the oldest invoice is paid first',
    mutation: `
      create function public.youngest() returns trigger language plpgsql as
        'begin new.due_on := new.due_on + (new.serial % 3)::integer * 40; return new; end';
      create trigger youngest before insert on billing.invoices for each row execute function public.youngest()`,
  },
]

test('nothing is noticed while every rule is kept', async () => {
  const { difference } = await replay(story, await ownDatabase())
  expect(difference).toBeNull()
})

test.each(mutations)('it is noticed when it is not true that $rule', async ({ mutation }) => {
  const { difference } = await replay(story, await ownDatabase(), { mutation })
  expect(difference).not.toBeNull()
})
