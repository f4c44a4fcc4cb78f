-- The statement of account: one function for the office's screen, the paper and the portal.

-- In a person's words, what a line of the ledger was for a subscriber. A document's own words come first.
create function billing.statement_word(kind text, reversed_kind text)
returns text
language plpgsql
immutable
set search_path = ''
as $$
begin
  return case statement_word.kind
    when 'reversal' then case statement_word.reversed_kind when 'invoice' then 'Invoice void' when 'payment' then 'Payment void' else 'Taken back' end
    when 'identified_cash' then 'Cash, found to be yours'
    when 'refund' then 'Money given back'
    when 'write_off' then 'Given up as a bad debt'
    when 'recovery' then 'Debt recovered'
    when 'prompt_discount' then 'Discount for paying on time'
    when 'deposit' then 'Deposit' end;
end
$$;

create function billing.method_word(method text)
returns text
language plpgsql
immutable
set search_path = ''
as $$
begin
  return case method_word.method when 'cash' then 'Cash' when 'gcash' then 'GCash' when 'maya' then 'Maya' when 'bank' then 'Bank transfer'
    when 'cheque' then 'Cheque' when 'withholding' then 'Withholding certificate' end;
end
$$;

-- What moved for a subscriber between two days, both included, straight from the ledger: opening and lines make the closing balance.
-- A balance is what is owed less what stays as credit; a line stands on the day it happened, whatever month it is booked in.
-- What the office knows of and has not booked for the subscriber is apart, and in no sum; so is the deposit held today.
create function billing.subscriber_statement(subscriber_id uuid, from_on date, until_on date)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  v_tenant  uuid := access.tenant_id();
  v_zone    text := (select t.time_zone from tenancy.tenants as t where t.id = v_tenant);
  v_from    timestamptz;
  v_until   timestamptz;
  v_opening bigint;
  v_lines   jsonb;
  v_closing bigint;
  v_way     jsonb;
begin
  perform access.require_subscriber_money(subscriber_statement.subscriber_id);
  if from_on is null or until_on is null or from_on > until_on then
    raise exception 'Choose a first and a last day, the first not after the last.' using errcode = 'PT400', detail = 'invalid_range';
  end if;
  v_from := from_on::timestamp at time zone v_zone;
  v_until := (until_on + 1)::timestamp at time zone v_zone;

  with entries as materialized (
    select t.id, t.kind, t.source_kind, t.source_id, t.occurred_at, t.reverses, e.amount_minor
    from ledger.accounts as a
    join ledger.entries as e on e.tenant_id = a.tenant_id and e.account_id = a.id
    join ledger.transactions as t on t.tenant_id = e.tenant_id and t.id = e.transaction_id
    where a.tenant_id = v_tenant and a.owner_id = subscriber_statement.subscriber_id and a.code in ('subscriber_receivable', 'subscriber_credit')
      and t.occurred_at < v_until
  ),
  opening as (
    select coalesce(sum(e.amount_minor) filter (where e.occurred_at < v_from), 0)::bigint as amount_minor from entries as e
  ),
  -- What only moves between receivable and credit changes no balance and is no line.
  moves as materialized (
    select e.id, e.kind, e.source_kind, e.source_id, e.occurred_at, e.reverses, sum(e.amount_minor)::bigint as amount_minor
    from entries as e
    where e.occurred_at >= v_from
    group by e.id, e.kind, e.source_kind, e.source_id, e.occurred_at, e.reverses
    having sum(e.amount_minor) <> 0
  ),
  running as (
    select m.*, (o.amount_minor + sum(m.amount_minor) over (order by m.occurred_at, m.id))::bigint as balance_minor
    from moves as m cross join opening as o
  )
  select o.amount_minor, o.amount_minor + coalesce((select sum(m.amount_minor) from moves as m), 0)::bigint,
    coalesce((
      select jsonb_agg(jsonb_build_object(
          'on', (r.occurred_at at time zone v_zone)::date, 'at', r.occurred_at, 'kind', r.kind, 'document', d.number, 'document_kind', r.source_kind,
          'document_id', r.source_id, 'description', d.description,
          'debit_minor', greatest(r.amount_minor, 0), 'credit_minor', greatest(-r.amount_minor, 0), 'balance_minor', r.balance_minor)
        order by r.occurred_at, r.id)
      from running as r
      cross join lateral (
        select
          case r.source_kind
            when 'invoice' then (select i.number from billing.invoices as i where i.tenant_id = v_tenant and i.id = r.source_id)
            when 'payment' then (select c.number from collections.receipts as c where c.tenant_id = v_tenant and c.payment_id = r.source_id)
            when 'credit_note' then (select n.number from billing.credit_notes as n where n.tenant_id = v_tenant and n.id = r.source_id)
          end as number,
          coalesce(
            billing.statement_word(r.kind, case when r.reverses is not null then (
              select t.kind from ledger.transactions as t where t.tenant_id = v_tenant and t.id = r.reverses) end),
            case r.source_kind
              when 'invoice' then (select string_agg(l.description, '; ' order by l.line) from billing.invoice_lines as l
                where l.tenant_id = v_tenant and l.invoice_id = r.source_id)
              when 'payment' then (select concat_ws(' ', billing.method_word(p.method), p.reference,
                  -- It counts already; the paper itself has still to come.
                  case when p.method = 'withholding' and exists (select from collections.certificates as c
                    where c.tenant_id = v_tenant and c.payment_id = p.id and c.state = 'pending') then '(still to come)' end)
                from collections.payments as p
                where p.tenant_id = v_tenant and p.id = r.source_id)
              when 'credit_note' then (select n.reason from billing.credit_notes as n where n.tenant_id = v_tenant and n.id = r.source_id)
            end) as description
      ) as d), '[]')
  into v_opening, v_closing, v_lines
  from opening as o;

  select coalesce(jsonb_agg(jsonb_build_object('kind', w.kind, 'at', w.at, 'on', (w.at at time zone v_zone)::date,
      'method', w.method, 'reference', w.reference, 'amount_minor', w.amount_minor) order by w.at, w.id), '[]')
  into v_way
  from (
    select 'phone' as kind, c.id, c.happened_at as at, coalesce(c.input ->> 'method', 'cash') as method, c.input ->> 'reference' as reference,
      sync.number_of(c.input -> 'amount_minor') as amount_minor
    from sync.commands as c
    where c.tenant_id = v_tenant and c.state = 'parked' and c.settled_at is null and c.name = 'record_payment'
      and c.input ->> 'subscriber_id' = subscriber_statement.subscriber_id::text
    union all
    select 'claim', c.id, c.claimed_at, c.method, c.reference, c.amount_minor
    from collections.claims as c
    where c.tenant_id = v_tenant and c.subscriber_id = subscriber_statement.subscriber_id and c.state = 'waiting'
  ) as w;

  return jsonb_build_object('opening_minor', v_opening, 'closing_minor', v_closing, 'lines', v_lines, 'on_the_way', v_way,
    'deposit_minor', billing.deposit_of(subscriber_statement.subscriber_id));
end
$$;

call access.stand_before_wall('billing.subscriber_statement(uuid, date, date)');
grant execute on function billing.statement_word(text, text), billing.method_word(text) to linyada_definer;
