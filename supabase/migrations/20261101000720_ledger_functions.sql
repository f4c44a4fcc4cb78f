-- The only way into the ledger, and the proof that what got in is whole.

-- The chart of accounts. A code with an owner has one account for each subscriber or member.
create function ledger.chart()
returns table (code text, name text, class text, owner_kind text, is_cached boolean)
language sql
immutable
set search_path = ''
as $$
  values
    ('subscriber_receivable', 'Receivable from subscribers', 'asset', 'subscriber', true),
    ('subscriber_credit', 'Credit of subscribers', 'liability', 'subscriber', true),
    ('collector_cash', 'Cash with collectors', 'asset', 'member', true),
    ('cash_office', 'Cash in the office', 'asset', null, false),
    ('bank', 'Bank', 'asset', null, false),
    ('wallet_gcash', 'GCash', 'asset', null, false),
    ('wallet_maya', 'Maya', 'asset', null, false),
    ('cheques', 'Cheques in hand', 'asset', null, false),
    ('creditable_tax', 'Creditable withholding tax', 'asset', null, false),
    ('certificates_pending', 'Withholding certificates to come', 'asset', null, false),
    ('collector_shortage', 'Owed by collectors', 'asset', 'member', true),
    ('unidentified_receipts', 'Money received, not yet identified', 'liability', null, false),
    ('output_vat', 'Output VAT', 'liability', null, false),
    ('deposits', 'Deposits of subscribers', 'liability', null, false),
    ('revenue', 'Service revenue', 'income', null, false),
    ('other_income', 'Other income', 'income', null, false),
    ('recovered_debts', 'Recovered debts', 'income', null, false),
    ('sales_allowances', 'Sales allowances', 'contra_income', null, false),
    ('prompt_discounts', 'Discounts for paying on time', 'contra_income', null, false),
    ('bad_debts', 'Bad debts', 'expense', null, false)
$$;

-- Accounts that hold money itself. What moves between two of them is neither received nor paid.
create function ledger.is_money(code text)
returns boolean
language sql
immutable
set search_path = ''
as $$ select is_money.code in ('collector_cash', 'cash_office', 'bank', 'wallet_gcash', 'wallet_maya', 'cheques') $$;

-- The account of a code, and of its owner where there is one account for each. Opened on first use.
create function ledger.account(code text, owner_kind text default null, owner_id uuid default null)
returns uuid
language plpgsql
security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_tenant uuid := access.tenant_id();
  v_id     uuid;
begin
  -- Two questions, because "is not distinct from" reads every account of the code.
  if account.owner_id is null then
    select a.id into v_id from ledger.accounts as a
    where a.tenant_id = v_tenant and a.code = account.code and a.owner_id is null;
  else
    select a.id into v_id from ledger.accounts as a
    where a.tenant_id = v_tenant and a.code = account.code and a.owner_id = account.owner_id;
  end if;
  if found then
    return v_id;
  end if;

  insert into ledger.accounts (tenant_id, code, name, class, owner_kind, owner_id)
  select v_tenant, c.code, c.name, c.class, c.owner_kind, account.owner_id
  from ledger.chart() as c
  where c.code = account.code and c.owner_kind is not distinct from account.owner_kind
  on conflict (tenant_id, code, owner_id) do nothing;

  select a.id into strict v_id
  from ledger.accounts as a
  where a.tenant_id = v_tenant and a.code = account.code and a.owner_id is not distinct from account.owner_id;
  return v_id;
end
$$;

-- Every subscriber has a receivable and a credit from the first day, so that a billing run opens none.
create function ledger.open_subscriber_accounts()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
  insert into ledger.accounts (tenant_id, code, name, class, owner_kind, owner_id)
  select s.tenant_id, c.code, c.name, c.class, c.owner_kind, s.id
  from new_rows as s
  cross join ledger.chart() as c
  where c.owner_kind = 'subscriber'
  on conflict (tenant_id, code, owner_id) do nothing;
  return null;
end
$$;
create trigger open_accounts after insert on service.subscribers
  referencing new table as new_rows for each statement execute function ledger.open_subscriber_accounts();

-- The day of the books for something of this day: the day itself, or the first day of the next month that is open.
-- A softly closed month is open to a person who may close months, and to nobody else: not to the schedule, nor to a phone.
create function ledger.open_day(day date)
returns date
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  v_tenant uuid := access.tenant_id();
  v_day    date := open_day.day;
begin
  while exists (
    select from ledger.periods as p
    where p.tenant_id = v_tenant and p.month = date_trunc('month', v_day)::date
      and (p.state = 'closed' or p.state = 'soft' and (access.member_id() is null or not access.can('ledger.close')))
  ) loop
    v_day := (date_trunc('month', v_day) + interval '1 month')::date;
  end loop;
  return v_day;
end
$$;

-- Posting holds the books open together with others; closing a month waits for them and holds them alone.
create function ledger.hold_books(alone boolean default false)
returns void
language plpgsql
volatile
set search_path = ''
as $$
begin
  if alone then
    perform pg_advisory_xact_lock(hashtextextended('books:' || access.tenant_id(), 0));
  else
    perform pg_advisory_xact_lock_shared(hashtextextended('books:' || access.tenant_id(), 0));
  end if;
end
$$;

-- Posts one event of money. lines: [{"account": uuid, "amount_minor": bigint}], debit positive; a zero line is left out.
-- The same key again answers with the same transaction when it has the same lines, and is an error when it has others.
create function ledger.post(
  kind text, key text, source_kind text, source_id uuid, occurred_at timestamptz, lines jsonb, reverses uuid default null)
returns uuid
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_tenant  uuid := access.tenant_id();
  v_id      uuid := clock.uuid7();
  v_opened  uuid;
  v_changes jsonb;
begin
  perform ledger.hold_books();

  -- One statement, because most of what a small posting costs is the beginning and ending of statements.
  with opened as (
    insert into ledger.transactions
      (tenant_id, id, kind, accounting_on, occurred_at, source_kind, source_id, idempotency_key, reverses, recorded_by)
    select v_tenant, v_id, post.kind, ledger.open_day((post.occurred_at at time zone t.time_zone)::date), post.occurred_at,
      post.source_kind, post.source_id, post.key, post.reverses, access.member_id()
    from tenancy.tenants as t
    where t.id = v_tenant
    on conflict (tenant_id, idempotency_key) do nothing
    returning id
  ),
  written as (
    insert into ledger.entries (tenant_id, transaction_id, line, account_id, amount_minor)
    select v_tenant, o.id, row_number() over (order by l.position), l.account, l.amount_minor
    from opened as o
    cross join (
      select (l.value ->> 'account')::uuid as account, sum((l.value ->> 'amount_minor')::bigint)::bigint as amount_minor,
        min(l.position) as position
      from jsonb_array_elements(post.lines) with ordinality as l(value, position)
      group by 1
    ) as l
    where l.amount_minor <> 0
    returning account_id, amount_minor
  ),
  -- Rows are locked in the order of their accounts, so that two postings never wait for each other. An account is looked up by its key:
  -- a plan cannot know how few the lines are, and a join would read all accounts of the tenant.
  kept as (
    insert into ledger.balances as b (tenant_id, account_id, amount_minor)
    select v_tenant, w.account_id, w.amount_minor
    from written as w
    where (select a.owner_kind from ledger.accounts as a where a.tenant_id = v_tenant and a.id = w.account_id) is not null
    order by w.account_id
    on conflict (tenant_id, account_id) do update set amount_minor = b.amount_minor + excluded.amount_minor
  )
  select o.id into v_opened from opened as o;

  if v_opened is null then
    select t.id,
      (select jsonb_object_agg(e.account_id, e.amount_minor) from ledger.entries as e
        where e.tenant_id = v_tenant and e.transaction_id = t.id)
    into v_id, v_changes
    from ledger.transactions as t
    where t.tenant_id = v_tenant and t.idempotency_key = post.key;

    if v_changes is distinct from (
      select jsonb_object_agg(l.account, l.amount_minor)
      from (
        select l ->> 'account' as account, sum((l ->> 'amount_minor')::bigint)::bigint as amount_minor
        from jsonb_array_elements(post.lines) as l
        group by 1
      ) as l
      where l.amount_minor <> 0
    ) then
      raise exception 'The ledger already has % with other lines.', post.key using errcode = 'PT409', detail = 'posting_conflict';
    end if;
  end if;
  return v_id;
end
$$;

-- Posts the exact negation of a transaction, once.
create function ledger.reverse(transaction_id uuid, source_kind text, source_id uuid)
returns uuid
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_tenant uuid := access.tenant_id();
begin
  return ledger.post('reversal', 'reversal:' || reverse.transaction_id, reverse.source_kind, reverse.source_id, clock.now(), (
    select jsonb_agg(jsonb_build_object('account', e.account_id, 'amount_minor', -e.amount_minor) order by e.line)
    from ledger.entries as e
    where e.tenant_id = v_tenant and e.transaction_id = reverse.transaction_id
  ), reverse.transaction_id);
end
$$;

-- Proof ------------------------------------------------------------------------------------------

-- At commit: a transaction has at least two lines, and they sum to zero. Owned by the migrating role, because at commit the
-- asking person reads no entries.
create function ledger.prove_balanced()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_lines integer;
  v_sum   numeric;
begin
  select count(*), coalesce(sum(e.amount_minor), 0) into v_lines, v_sum
  from ledger.entries as e
  where e.tenant_id = new.tenant_id and e.transaction_id = new.id;

  if v_lines < 2 or v_sum <> 0 then
    raise exception 'Transaction % has % lines that sum to %, not two or more that sum to zero.', new.idempotency_key, v_lines, v_sum
      using errcode = 'check_violation', schema = 'ledger', table = 'transactions', constraint = 'transactions_balanced';
  end if;
  return null;
end
$$;
create constraint trigger balanced after insert on ledger.transactions
  deferrable initially deferred for each row execute function ledger.prove_balanced();

-- The lines of a transaction come in one statement; nothing is added to it afterwards, not even a balanced pair.
create function ledger.prove_complete()
returns trigger
language plpgsql
set search_path = ''
as $$
declare
  v_offender uuid;
begin
  select n.transaction_id into v_offender
  from (select r.tenant_id, r.transaction_id, count(*) as lines from new_rows as r group by r.tenant_id, r.transaction_id) as n
  cross join lateral (
    select count(*) as lines from ledger.entries as e where e.tenant_id = n.tenant_id and e.transaction_id = n.transaction_id
  ) as e
  where e.lines <> n.lines
  limit 1;

  if found then
    raise exception 'Transaction % is written already; correct it by another.', v_offender
      using errcode = 'PT409', detail = 'append_only';
  end if;
  return null;
end
$$;
create trigger complete after insert on ledger.entries
  referencing new table as new_rows for each statement execute function ledger.prove_complete();

call access.stand_before_wall('ledger.account(text, text, uuid)', null);
call access.stand_before_wall('ledger.open_day(date)', null);
call access.stand_before_wall('ledger.post(text, text, text, uuid, timestamptz, jsonb, uuid)', null);
call access.stand_before_wall('ledger.reverse(uuid, text, uuid)', null);
grant execute on function ledger.chart(), ledger.is_money(text) to authenticated, linyada_definer;
grant execute on function ledger.hold_books(boolean) to linyada_definer;
