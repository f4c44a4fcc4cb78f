-- Dunning: what happens to an invoice that is not paid, as a pure rule over facts, and the facts it leaves behind.
-- Nobody is cut without a warning on an earlier day, on a no-cut day or hour, under the threshold, under a live promise, or while a
-- phone of the route may hold the cash.

create table billing.dunning_stages (
  tenant_id     uuid        not null references tenancy.tenants (id),
  id            uuid        not null default clock.uuid7(),
  subscriber_id uuid        not null,
  invoice_id    uuid        not null,
  stage         text        not null check (stage in ('reminded', 'due', 'warned', 'suspended', 'uncollectible')),
  reached_on    date        not null,                    -- the tenant's own day
  open_minor    bigint      not null check (open_minor > 0),
  facts         jsonb       not null,                    -- what the rule was given, so that it can be asked again
  created_at    timestamptz not null default clock.now(),

  primary key (tenant_id, id),
  unique (tenant_id, invoice_id, stage),
  foreign key (tenant_id, invoice_id) references billing.invoices (tenant_id, id),
  foreign key (tenant_id, subscriber_id) references service.subscribers (tenant_id, id)
);
comment on table billing.dunning_stages is 'A stage an unpaid invoice reached, once. What is sent to the subscriber follows from it.';
create index dunning_stages_subscriber_idx on billing.dunning_stages (tenant_id, subscriber_id, created_at);

create table billing.late_fees (
  tenant_id     uuid        not null references tenancy.tenants (id),
  id            uuid        not null default clock.uuid7(),
  subscriber_id uuid        not null,
  invoice_id    uuid        not null,
  stage         text        not null check (stage in ('due', 'warned', 'suspended')),
  charge_id     uuid        not null,
  base_minor    bigint      not null check (base_minor > 0),       -- what was overdue, without earlier fees
  amount_minor  bigint      not null check (amount_minor > 0),
  created_at    timestamptz not null default clock.now(),
  waived_at     timestamptz,
  waived_by     uuid,
  waive_reason  text        check (length(waive_reason) between 3 and 300),

  primary key (tenant_id, id),
  unique (tenant_id, invoice_id, stage),
  unique (tenant_id, charge_id),
  foreign key (tenant_id, invoice_id) references billing.invoices (tenant_id, id),
  foreign key (tenant_id, subscriber_id) references service.subscribers (tenant_id, id),
  foreign key (tenant_id, charge_id) references billing.charges (tenant_id, id),
  foreign key (tenant_id, waived_by) references access.members (tenant_id, id),
  check ((waived_at is null) = (waived_by is null) and (waived_at is null) = (waive_reason is null))
);
comment on table billing.late_fees is 'The fee of a stage, once an invoice and stage. Its charge waits for the next invoice; until then it can be waived.';
create index late_fees_subscriber_idx on billing.late_fees (tenant_id, subscriber_id);
create index late_fees_waiver_idx on billing.late_fees (tenant_id, waived_by);

create table billing.dunning_rounds (
  tenant_id       uuid        not null references tenancy.tenants (id),
  id              uuid        not null default clock.uuid7(),
  day             date        not null,                  -- the tenant's own day
  state           text        not null default 'running' check (state in ('running', 'done')),
  cursor          uuid,                                  -- the last subscriber done; the next chunk begins behind it
  seen_count      integer     not null default 0,
  stage_count     integer     not null default 0,
  cut_count       integer     not null default 0,
  reconnect_count integer     not null default 0,
  fee_count       integer     not null default 0,
  last_error      text,
  started_at      timestamptz not null default clock.now(),
  heartbeat_at    timestamptz not null default clock.now(),
  finished_at     timestamptz,                           -- of the last look; in the hours of cuts the day is looked through again

  primary key (tenant_id, id),
  unique (tenant_id, day)
);
comment on table billing.dunning_rounds is 'A day''s look through everybody who owes. It commits by chunks and goes on where it stopped.';

call access.wall('billing.dunning_stages');
call access.wall('billing.late_fees');
call access.wall('billing.dunning_rounds');
grant update (waived_at, waived_by, waive_reason) on billing.late_fees to linyada_definer;
grant update (state, cursor, seen_count, stage_count, cut_count, reconnect_count, fee_count, last_error, heartbeat_at, finished_at)
  on billing.dunning_rounds to linyada_definer;
grant select on billing.dunning_stages, billing.late_fees, billing.dunning_rounds to authenticated;

create policy dunning_stages_read on billing.dunning_stages for select to authenticated
  using ((select access.can('billing.read')) or subscriber_id = (select access.subscriber_id()));
create policy late_fees_read on billing.late_fees for select to authenticated
  using ((select access.can('billing.read')) or subscriber_id = (select access.subscriber_id()));
create policy dunning_rounds_read on billing.dunning_rounds for select to authenticated
  using ((select access.can('billing.read')));

-- The rule ---------------------------------------------------------------------------------------

create type billing.dunning_facts as (
  due_on             date,
  open_minor         bigint,       -- of the invoice, or of the account where the account is dunned as one
  grace_days         integer,
  promised_on        date,         -- of the open promise
  warned_on          date,         -- when the warning was recorded
  is_cut             boolean,      -- off for nonpayment already
  has_service        boolean,      -- there is something to cut
  is_unsynced        boolean,      -- a phone of the route may hold cash we do not know of
  today              date,
  at_time            time,
  reminder_days      integer,
  warning_days       integer,
  suspend_days       integer,
  uncollectible_days integer,
  threshold_minor    bigint,
  no_cut_weekdays    smallint[],
  no_cut_days        date[],
  cut_from           time,
  cut_until          time
);

create type billing.dunning_verdict as (
  stage      text,         -- null: nothing to say yet
  may_cut    boolean,      -- a service may be cut at this moment
  keeps_cut  boolean,      -- a service that is cut stays so
  waits_for  text,         -- why it is not cut though its day has come: promise, threshold, warning, phone, no_cut_day, hours
  next_stage text,         -- what comes next when nobody pays
  next_on    date
);

create function billing.is_no_cut_day(day date, weekdays smallint[], days date[])
returns boolean
language sql
immutable
set search_path = ''
as $$
  select extract(isodow from is_no_cut_day.day)::smallint = any (is_no_cut_day.weekdays) or is_no_cut_day.day = any (is_no_cut_day.days)
$$;

-- The first day from a day on, on which services may be cut; null where there is none within a year.
create function billing.first_cut_day(from_on date, weekdays smallint[], days date[])
returns date
language plpgsql
immutable
set search_path = ''
as $$
begin
  for k in 0 .. 366 loop
    if not billing.is_no_cut_day(from_on + k, weekdays, days) then
      return from_on + k;
    end if;
  end loop;
  return null;
end
$$;

-- How far an unpaid invoice is: the same facts always give the same answer. Days count from the due day and the grace behind it;
-- a promise holds everything but the reminder back until its day is over.
create function billing.dunning_verdict(facts billing.dunning_facts)
returns billing.dunning_verdict
language plpgsql
immutable
set search_path = ''
as $$
declare
  v          billing.dunning_verdict;
  v_late_on  date := facts.due_on + facts.grace_days;            -- the last day on which nothing is late
  v_warn_on  date := v_late_on + greatest(facts.warning_days, 1);
  v_cut_on   date := v_late_on + greatest(facts.suspend_days, 1);
  v_lost_on  date := v_late_on + greatest(facts.uncollectible_days, 1);
  v_promised boolean := coalesce(facts.promised_on >= facts.today, false);
  v_warned   boolean := coalesce(facts.warned_on < facts.today, false);
  v_is_shut  boolean := billing.is_no_cut_day(facts.today, facts.no_cut_weekdays, facts.no_cut_days);
  v_held_on  date := greatest(facts.today + 1, facts.promised_on + 1);     -- the earliest day after today and a promise
begin
  v.may_cut := false;
  v.keeps_cut := false;
  if facts.open_minor <= 0 then
    return v;
  end if;

  v.keeps_cut := facts.has_service and facts.today >= v_cut_on and facts.open_minor >= facts.threshold_minor and not v_promised;
  v.may_cut := v.keeps_cut and v_warned and not facts.is_unsynced and not v_is_shut
    and facts.at_time >= facts.cut_from and facts.at_time < facts.cut_until;

  v.stage := case
    when facts.today >= v_lost_on and v_warned and not v_promised and not facts.is_unsynced then 'uncollectible'
    when v.may_cut or (facts.is_cut and v.keeps_cut) then 'suspended'
    when facts.warned_on is not null or (facts.today >= v_warn_on and not v_promised) then 'warned'    -- a warning is not unsaid
    when facts.today > v_late_on then 'due'
    when facts.today >= facts.due_on - facts.reminder_days then 'reminded'
  end;

  v.waits_for := case
    when not facts.has_service or facts.is_cut then null
    when v_promised and facts.today >= v_warn_on then 'promise'
    when facts.today < v_cut_on or v.may_cut then null
    when facts.open_minor < facts.threshold_minor then 'threshold'
    when not v_warned then 'warning'
    when facts.is_unsynced then 'phone'
    when v_is_shut then 'no_cut_day'
    else 'hours'
  end;

  case coalesce(v.stage, '')
    when '' then
      v.next_stage := case when facts.reminder_days > 0 then 'reminded' else 'due' end;
      v.next_on := case when facts.reminder_days > 0 then facts.due_on - facts.reminder_days else v_late_on + 1 end;
    when 'reminded' then
      v.next_stage := case when v_warn_on = v_late_on + 1 and not v_promised then 'warned' else 'due' end;
      v.next_on := v_late_on + 1;
    when 'due' then
      v.next_stage := 'warned';
      v.next_on := greatest(v_warn_on, v_held_on);
    when 'warned' then
      v.next_stage := 'uncollectible';
      v.next_on := greatest(v_lost_on, v_held_on);
      if facts.has_service and facts.open_minor >= facts.threshold_minor then
        v_cut_on := billing.first_cut_day(
          greatest(v_cut_on, facts.promised_on + 1, coalesce(facts.warned_on, facts.today) + 1,
            facts.today + (facts.at_time >= facts.cut_until)::integer),
          facts.no_cut_weekdays, facts.no_cut_days);
        if v_cut_on < v.next_on then
          v.next_stage := 'suspended';
          v.next_on := v_cut_on;
        end if;
      end if;
    when 'suspended' then
      v.next_stage := 'uncollectible';
      v.next_on := greatest(v_lost_on, v_held_on);
    else null;
  end case;
  return v;
end
$$;

-- Whether a promise was kept: enough came in between its making and the end of its day, or nothing of it is owed any more.
create function collections.promise_state(state text, promised_on date, amount_minor bigint, paid_minor bigint, owes boolean, today date)
returns text
language sql
immutable
set search_path = ''
as $$
  select case
    when promise_state.state = 'withdrawn' then 'withdrawn'
    when promise_state.paid_minor >= coalesce(promise_state.amount_minor, 1) then 'kept'
    when promise_state.state <> 'broken' and not promise_state.owes then 'kept'
    when promise_state.promised_on < promise_state.today then 'broken'
    else 'open' end
$$;

-- A late fee: the amount or the part of what is overdue, never more than the cap leaves. Half rounds away from zero.
create function billing.late_fee(kind text, amount_minor bigint, rate_bp integer, cap_minor bigint, overdue_minor bigint, charged_minor bigint)
returns bigint
language sql
immutable
set search_path = ''
as $$
  select greatest(0, least(
    case late_fee.kind
      when 'amount' then late_fee.amount_minor
      when 'percent' then round(late_fee.overdue_minor::numeric * late_fee.rate_bp / 10000)::bigint
      else 0 end,
    late_fee.cap_minor - late_fee.charged_minor))
$$;

grant execute on function billing.is_no_cut_day(date, smallint[], date[]), billing.first_cut_day(date, smallint[], date[]),
  billing.dunning_verdict(billing.dunning_facts), billing.late_fee(text, bigint, integer, bigint, bigint, bigint),
  collections.promise_state(text, date, bigint, bigint, boolean, date) to authenticated, linyada_definer;
