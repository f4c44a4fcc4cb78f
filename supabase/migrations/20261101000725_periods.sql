-- Closing the books: month by month, in their order, never with something half-done inside; reopened by two people.

-- The trial balance at the end of each of these months, as one hash: every account's code with its debits and credits.
create function ledger.trial_balance_hashes(tenant uuid, months date[])
returns table (month date, hash text)
language sql
stable
set search_path = ''
as $$
  with moved as materialized (
    select date_trunc('month', t.accounting_on)::date as month, a.code,
      sum(greatest(e.amount_minor, 0)) as debit_minor, sum(greatest(-e.amount_minor, 0)) as credit_minor
    from ledger.transactions as t
    join ledger.entries as e on e.tenant_id = t.tenant_id and e.transaction_id = t.id
    join ledger.accounts as a on a.tenant_id = e.tenant_id and a.id = e.account_id
    where t.tenant_id = trial_balance_hashes.tenant
      and t.accounting_on < (select max(m.month) + interval '1 month' from unnest(trial_balance_hashes.months) as m(month))
    group by 1, 2
  )
  select m.month, encode(sha256(convert_to(coalesce(string_agg(b.line, E'\n' order by b.code), ''), 'UTF8')), 'hex')
  from unnest(trial_balance_hashes.months) as m(month)
  left join lateral (
    select v.code, format('%s %s %s', v.code, sum(v.debit_minor), sum(v.credit_minor)) as line
    from moved as v where v.month <= m.month group by v.code
  ) as b on true
  group by m.month
$$;

-- A month as a person reads it.
create function ledger.month_name(month date)
returns text
language sql
immutable
set search_path = ''
as $$ select to_char(month_name.month, 'FMMonth YYYY') $$;

-- What stands against closing a month, as one sentence to act on. What takes long is asked before the books are held.
create function ledger.refuse_closing(month date, soft boolean)
returns void
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  v_tenant  uuid := access.tenant_id();
  v_next    date := (refuse_closing.month + interval '1 month')::date;
  v_first   date := (select date_trunc('month', min(t.accounting_on))::date from ledger.transactions as t where t.tenant_id = v_tenant);
  v_earlier date;
  v_run     text;
  v_drafts  bigint;
begin
  if clock.today(v_tenant) < v_next then
    raise exception 'That month is not over yet. Close it after its last day.' using errcode = 'PT409', detail = 'month_not_over';
  end if;

  select min(g.month)::date into v_earlier
  from generate_series(v_first, refuse_closing.month - 1, interval '1 month') as g(month)
  where not exists (select from ledger.periods as p
    where p.tenant_id = v_tenant and p.month = g.month::date and (p.state = 'closed' or p.state = 'soft' and refuse_closing.soft));
  if v_earlier is not null then
    raise exception 'Close % first: months are closed in their order.', ledger.month_name(v_earlier)
      using errcode = 'PT409', detail = 'earlier_month_open';
  end if;

  select r.state into v_run from billing.runs as r
  where r.tenant_id = v_tenant and r.period >= refuse_closing.month and r.period < v_next and r.state <> 'done' limit 1;
  if found then
    raise exception 'The billing run of % is %. Finish it, then close the month.', ledger.month_name(refuse_closing.month), v_run
      using errcode = 'PT409', detail = 'run_not_done';
  end if;

  select count(*) into v_drafts
  from billing.invoice_drafts as d
  join tenancy.tenants as t on t.id = d.tenant_id
  where d.tenant_id = v_tenant and d.invoice_id is null and d.discarded_at is null
    and (d.created_at at time zone t.time_zone)::date < v_next;
  if v_drafts > 0 then
    raise exception 'There % not issued yet. Issue or discard %, then close the month.',
      case v_drafts when 1 then 'is a draft invoice' else format('are %s draft invoices', v_drafts) end,
      case v_drafts when 1 then 'it' else 'them' end
      using errcode = 'PT409', detail = 'drafts_open';
  end if;
end
$$;

-- What has to be sound before a month is closed: what was posted. Days of service that were billed wrongly are mended by the next run,
-- with documents of its own, and close no month out.
create function ledger.refuse_offences()
returns void
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  v_tenant    uuid := access.tenant_id();
  v_count     bigint;
  v_invariant text;
begin
  select count(*), min(o.invariant) into v_count, v_invariant
  from (
    select * from ledger.offences_in_books(v_tenant)
    union all
    select * from ledger.offences_in_documents(v_tenant)
    union all
    select * from ledger.offences_in_payments(v_tenant)
    union all
    select * from ledger.offences_in_custody(v_tenant)
  ) as o;
  if v_count > 0 then
    raise exception 'The books do not add up (%: "%"). Nothing is closed until that is mended; tell whoever runs Linyada for you.',
      case v_count when 1 then 'one offence' else format('%s offences', v_count) end, v_invariant
      using errcode = 'PT409', detail = 'books_not_sound';
  end if;
end
$$;

-- Closes a month that is over. Softly: what is heard of later posts on the first open day, except what a person who may close
-- months posts with its own date. For good: nobody posts into it, and the trial balance is sealed by its hash.
create function ledger.close_month(month date, soft boolean default false)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_tenant uuid := access.tenant_id();
  v_month  date := date_trunc('month', close_month.month)::date;
  v_state  text := case when coalesce(close_month.soft, false) then 'soft' else 'closed' end;
  v_period ledger.periods;
begin
  perform access.require('ledger.close');
  if v_month is null then
    raise exception 'Say which month to close.' using errcode = 'PT400', detail = 'invalid_month';
  end if;
  select p.* into v_period from ledger.periods as p where p.tenant_id = v_tenant and p.month = v_month;
  if v_period.state = v_state then
    return ledger.period_answer(v_period);
  end if;
  if v_period.state = 'closed' then
    raise exception '% is closed for good. Ask to reopen it.', ledger.month_name(v_month) using errcode = 'PT409', detail = 'month_closed';
  end if;

  perform ledger.refuse_closing(v_month, v_state = 'soft');
  perform ledger.refuse_offences();
  perform ledger.hold_books(alone => true);
  perform ledger.refuse_closing(v_month, v_state = 'soft');      -- once more, now that nobody else posts

  insert into ledger.periods as p (tenant_id, month, state, closed_at, closed_by, trial_balance_hash)
  -- Not before what was posted while this waited for the books: a transaction's time is that of its beginning.
  values (v_tenant, v_month, v_state, greatest(clock.now(), (
      select max(t.recorded_at) from ledger.transactions as t
      where t.tenant_id = v_tenant and t.accounting_on >= v_month and t.accounting_on < v_month + interval '1 month')), access.member_id(),
    case when v_state = 'closed' then (select h.hash from ledger.trial_balance_hashes(v_tenant, array[v_month]) as h) end)
  on conflict (tenant_id, month) do update
    set state = excluded.state, closed_at = excluded.closed_at, closed_by = excluded.closed_by, trial_balance_hash = excluded.trial_balance_hash
    where p.state not in ('closed', excluded.state)
  returning p.* into v_period;
  if not found then
    select p.* into strict v_period from ledger.periods as p where p.tenant_id = v_tenant and p.month = v_month;
  end if;
  return ledger.period_answer(v_period);
end
$$;

create function ledger.period_answer(period ledger.periods)
returns jsonb
language sql
immutable
set search_path = ''
as $$
  select jsonb_build_object('id', period.id, 'month', period.month, 'state', period.state, 'closed_at', period.closed_at,
    'trial_balance_hash', period.trial_balance_hash)
$$;

-- Reopening ---------------------------------------------------------------------------------------

-- Months are reopened in the opposite order, so that what a later closing sealed stays true.
create function ledger.refuse_reopening(period ledger.periods)
returns void
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  v_later date;
begin
  if period.id is null or period.state = 'open' then
    raise exception 'That month is open already. Reload the page.' using errcode = 'PT409', detail = 'month_open';
  end if;
  select max(p.month) into v_later from ledger.periods as p
  where p.tenant_id = period.tenant_id and p.month > period.month and p.state <> 'open';
  if v_later is not null then
    raise exception 'Reopen % first: months are reopened from the last one back.', ledger.month_name(v_later)
      using errcode = 'PT409', detail = 'later_month_closed';
  end if;
end
$$;

-- Asks for a closed month to be reopened. request: {id, month, reason}; the same id again answers the same.
create function ledger.request_reopen(request jsonb)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_tenant  uuid := access.tenant_id();
  v_id      uuid;
  v_month   date;
  v_reason  text := btrim(coalesce(request ->> 'reason', ''));
  v_period  ledger.periods;
  v_known   ledger.reopen_requests;
begin
  perform access.require('ledger.close');
  begin
    v_id := (request ->> 'id')::uuid;
    v_month := date_trunc('month', (request ->> 'month')::date)::date;
  exception when others then
    v_id := null;
  end;
  if v_id is null or v_month is null or length(v_reason) not between 3 and 300 then
    raise exception 'Say which month to reopen, and why in 3 to 300 letters.' using errcode = 'PT400', detail = 'invalid_request';
  end if;

  select p.* into v_period from ledger.periods as p where p.tenant_id = v_tenant and p.month = v_month for no key update;
  select r.* into v_known from ledger.reopen_requests as r where r.tenant_id = v_tenant and r.id = v_id;
  if found then
    if (v_known.period_id, v_known.reason, v_known.requested_by) is distinct from (v_period.id, v_reason, access.member_id()) then
      raise exception 'This request was sent before with other content. Start a new one.' using errcode = 'PT409', detail = 'request_conflict';
    end if;
    return jsonb_build_object('request_id', v_known.id, 'state', v_known.state);
  end if;

  perform ledger.refuse_reopening(v_period);
  if exists (select from ledger.reopen_requests as r where r.tenant_id = v_tenant and r.period_id = v_period.id and r.state = 'open') then
    raise exception 'Reopening this month is asked for already and waits for a second person.' using errcode = 'PT409', detail = 'reopen_requested';
  end if;
  insert into ledger.reopen_requests (tenant_id, id, period_id, reason, requested_by)
  values (v_tenant, v_id, v_period.id, v_reason, access.member_id());
  return jsonb_build_object('request_id', v_id, 'state', 'open');
end
$$;

-- Approves or refuses. Whoever asked does not decide.
create function ledger.decide_reopen(request_id uuid, approve boolean, note text)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_tenant  uuid := access.tenant_id();
  v_request ledger.reopen_requests;
  v_period  ledger.periods;
begin
  perform access.require('ledger.close');
  select r.* into v_request from ledger.reopen_requests as r
  where r.tenant_id = v_tenant and r.id = decide_reopen.request_id for update;
  if not found then
    raise exception 'That request is not here. Reload the page.' using errcode = 'PT404', detail = 'request_unknown';
  end if;
  if v_request.state <> 'open' then
    raise exception 'That request is % already.', v_request.state using errcode = 'PT409', detail = 'request_decided';
  end if;
  if v_request.requested_by = access.member_id() then
    raise exception 'You asked for this month to be reopened, so somebody else has to decide.'
      using errcode = 'PT403', detail = 'second_person_needed';
  end if;

  if decide_reopen.approve then
    perform ledger.hold_books(alone => true);
    select p.* into v_period from ledger.periods as p where p.tenant_id = v_tenant and p.id = v_request.period_id for no key update;
    perform ledger.refuse_reopening(v_period);
    update ledger.periods as p set state = 'open', closed_at = null, closed_by = null, trial_balance_hash = null
    where p.tenant_id = v_tenant and p.id = v_period.id;
  end if;
  update ledger.reopen_requests as r
  set state = case when decide_reopen.approve then 'approved' else 'refused' end, decided_by = access.member_id(), decided_at = clock.now(),
    decision_note = nullif(left(btrim(decide_reopen.note), 300), '')
  where r.tenant_id = v_tenant and r.id = v_request.id;
  return jsonb_build_object('request_id', v_request.id, 'state', case when decide_reopen.approve then 'approved' else 'refused' end);
end
$$;

call access.stand_before_wall('ledger.refuse_closing(date, boolean)', null);
call access.stand_before_wall('ledger.refuse_offences()', null);
call access.stand_before_wall('ledger.refuse_reopening(ledger.periods)', null);
call access.stand_before_wall('ledger.close_month(date, boolean)');
call access.stand_before_wall('ledger.request_reopen(jsonb)');
call access.stand_before_wall('ledger.decide_reopen(uuid, boolean, text)');
grant execute on function ledger.trial_balance_hashes(uuid, date[]), ledger.period_answer(ledger.periods) to linyada_definer;
grant execute on function ledger.month_name(date) to authenticated, linyada_definer;
