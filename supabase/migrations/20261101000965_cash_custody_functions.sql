-- Cash custody, what people do: take cash to the bank, make good what was short, and say how much a collector may carry.

-- Bank -------------------------------------------------------------------------------------------

-- What the office holds, by the books.
create function collections.office_cash()
returns bigint
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  v_tenant uuid := access.tenant_id();
begin
  perform access.require('collections.read');
  return (
    select coalesce(sum(e.amount_minor), 0)::bigint
    from ledger.accounts as a
    join ledger.entries as e on e.tenant_id = a.tenant_id and e.account_id = a.id
    where a.tenant_id = v_tenant and a.code = 'cash_office');
end
$$;

-- Keeps the photo of a slip: {content_type, base64}. The first bytes must be those of such a picture.
create function collections.keep_slip(deposit_id uuid, photo jsonb)
returns void
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_type  text := keep_slip.photo ->> 'content_type';
  v_bytes bytea;
begin
  begin
    v_bytes := decode(keep_slip.photo ->> 'base64', 'base64');
  exception when data_exception then
    v_bytes := null;
  end;
  if v_bytes is null or octet_length(v_bytes) not between 60 and 524288 or not coalesce(case v_type
    when 'image/png' then substring(v_bytes from 1 for 8) = '\x89504e470d0a1a0a'::bytea
    when 'image/jpeg' then substring(v_bytes from 1 for 3) = '\xffd8ff'::bytea end, false)
  then
    raise exception 'The photo must be a PNG or JPEG picture of at most 512 kB.' using errcode = 'PT422', detail = 'photo_type';
  end if;
  insert into collections.deposit_slips (tenant_id, id, content_type, bytes) values (access.tenant_id(), keep_slip.deposit_id, v_type, v_bytes);
end
$$;

-- Cash went to the bank: {id, amount_minor, bank, slip_number, deposited_on, note, remittance_ids, photo}. The whole of each remittance
-- named is in it; the rest is other cash of the office. The same id again changes nothing.
create function collections.record_bank_deposit(deposit jsonb)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_tenant uuid := access.tenant_id();
  v_today  date := clock.today(v_tenant);
  v_ids    uuid[];
  v_sum    bigint;
  v_known  collections.bank_deposits;
  v_new    collections.bank_deposits;
begin
  perform access.require('remittances.count');
  begin
    v_new.id := (deposit ->> 'id')::uuid;
    v_new.amount_minor := (deposit ->> 'amount_minor')::bigint;
    v_new.deposited_on := coalesce((deposit ->> 'deposited_on')::date, v_today);
    v_ids := array(select x.value::uuid from jsonb_array_elements_text(coalesce(nullif(deposit -> 'remittance_ids', 'null'), '[]')) as x order by 1);
  exception when data_exception then
    raise exception 'The deposit could not be read. Fill in the form again.' using errcode = 'PT422', detail = 'invalid_deposit';
  end;
  v_new.bank := left(btrim(deposit ->> 'bank'), 80);
  v_new.slip_number := left(btrim(deposit ->> 'slip_number'), 60);
  v_new.note := nullif(left(btrim(deposit ->> 'note'), 300), '');

  if v_new.id is null or coalesce(v_new.amount_minor, 0) not between 1 and 9999999999 then
    raise exception 'Give the amount on the slip.' using errcode = 'PT422', detail = 'invalid_amount';
  end if;
  if coalesce(length(v_new.bank), 0) < 2 or coalesce(v_new.slip_number, '') = '' then
    raise exception 'Give the bank and the number on the slip.' using errcode = 'PT422', detail = 'slip_missing';
  end if;
  if v_new.deposited_on > v_today or v_new.deposited_on < v_today - 60 then
    raise exception 'The day of the deposit is within the last 60 days. Check the slip.' using errcode = 'PT422', detail = 'invalid_day';
  end if;

  -- One deposit at a time: two must not take the same cash out of the office.
  perform pg_advisory_xact_lock(hashtextextended('bank_deposit:' || v_tenant, 0));
  select d.* into v_known from collections.bank_deposits as d where d.tenant_id = v_tenant and d.id = v_new.id;
  if found then
    if (v_known.amount_minor, v_known.bank, v_known.slip_number, v_known.deposited_on)
      is distinct from (v_new.amount_minor, v_new.bank, v_new.slip_number, v_new.deposited_on) then
      raise exception 'This deposit is known with other content. Reload the page.' using errcode = 'PT409', detail = 'deposit_conflict';
    end if;
    return jsonb_build_object('id', v_known.id, 'duplicate', true);
  end if;
  if exists (select from collections.bank_deposits as d
    where d.tenant_id = v_tenant and d.voided_at is null and lower(d.bank) = lower(v_new.bank) and lower(d.slip_number) = lower(v_new.slip_number)) then
    raise exception 'Slip % of % is in the list already.', v_new.slip_number, v_new.bank using errcode = 'PT409', detail = 'slip_used';
  end if;

  select coalesce(sum(r.counted_minor), 0) into v_sum
  from (
    select r.counted_minor from collections.remittances as r
    where r.tenant_id = v_tenant and r.id = any (v_ids) and r.state = 'accepted' and r.bank_deposit_id is null
    order by r.id for update
  ) as r
  having count(*) = cardinality(v_ids);
  if not found then
    raise exception 'One of these remittances is not accepted, or is in the bank already. Reload the page.'
      using errcode = 'PT409', detail = 'remittance_not_in_office';
  end if;
  if v_sum > v_new.amount_minor then
    raise exception 'The remittances chosen are %, more than the slip. Choose fewer.', collections.format_minor(v_sum)
      using errcode = 'PT409', detail = 'deposit_too_small';
  end if;
  if v_new.amount_minor > (
    select coalesce(sum(e.amount_minor), 0)
    from ledger.accounts as a join ledger.entries as e on e.tenant_id = a.tenant_id and e.account_id = a.id
    where a.tenant_id = v_tenant and a.code = 'cash_office')
  then
    raise exception 'By the books the office does not hold that much cash. Record first what came in.'
      using errcode = 'PT409', detail = 'more_than_held';
  end if;

  insert into collections.bank_deposits (tenant_id, id, amount_minor, bank, slip_number, deposited_on, deposited_by, note)
  values (v_tenant, v_new.id, v_new.amount_minor, v_new.bank, v_new.slip_number, v_new.deposited_on, access.member_id(), v_new.note);
  if deposit #>> '{photo,base64}' is not null then
    perform collections.keep_slip(v_new.id, deposit -> 'photo');
  end if;
  update collections.remittances as r set bank_deposit_id = v_new.id where r.tenant_id = v_tenant and r.id = any (v_ids);
  perform ledger.post('bank_deposit', 'bank_deposit:' || v_new.id, 'bank_deposit', v_new.id,
    case when v_new.deposited_on = v_today then clock.now()
      else (v_new.deposited_on + time '12:00') at time zone (select t.time_zone from tenancy.tenants as t where t.id = v_tenant) end,
    jsonb_build_array(
      jsonb_build_object('account', ledger.account('bank'), 'amount_minor', v_new.amount_minor),
      jsonb_build_object('account', ledger.account('cash_office'), 'amount_minor', -v_new.amount_minor)));
  return jsonb_build_object('id', v_new.id, 'duplicate', false);
end
$$;

-- Takes a deposit back that was typed wrong: the cash is in the office again, its remittances with it. A second person does this.
create function collections.void_bank_deposit(deposit_id uuid, reason text)
returns void
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_tenant  uuid := access.tenant_id();
  v_deposit collections.bank_deposits;
begin
  perform access.require('remittances.approve');
  select d.* into v_deposit from collections.bank_deposits as d
  where d.tenant_id = v_tenant and d.id = void_bank_deposit.deposit_id for update;
  if not found or v_deposit.voided_at is not null then
    raise exception 'That deposit is not in the list any more. Reload the page.' using errcode = 'PT409', detail = 'deposit_not_here';
  end if;
  if v_deposit.deposited_by = access.member_id() then
    raise exception 'You recorded this deposit, so somebody else takes it back.' using errcode = 'PT403', detail = 'second_person_needed';
  end if;
  if coalesce(length(btrim(void_bank_deposit.reason)), 0) not between 3 and 300 then
    raise exception 'Say why, in 3 to 300 letters.' using errcode = 'PT422', detail = 'reason_missing';
  end if;

  perform ledger.reverse(t.id, 'bank_deposit', v_deposit.id)
  from ledger.transactions as t
  where t.tenant_id = v_tenant and t.idempotency_key = 'bank_deposit:' || v_deposit.id;
  update collections.remittances as r set bank_deposit_id = null where r.tenant_id = v_tenant and r.bank_deposit_id = v_deposit.id;
  update collections.bank_deposits as d
  set voided_at = clock.now(), voided_by = access.member_id(), void_reason = btrim(void_bank_deposit.reason)
  where d.tenant_id = v_tenant and d.id = v_deposit.id;
end
$$;

-- Collectors -------------------------------------------------------------------------------------

-- What a collector owes of what was short. It is told to the collector and to those who see collections.
create function collections.shortage_of(collector_id uuid)
returns bigint
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  if shortage_of.collector_id is distinct from access.member_id() and not access.can('collections.read') then
    return 0;
  end if;
  return coalesce((
    select b.amount_minor
    from ledger.accounts as a
    join ledger.balances as b on b.tenant_id = a.tenant_id and b.account_id = a.id
    where a.tenant_id = access.tenant_id() and a.code = 'collector_shortage' and a.owner_id = shortage_of.collector_id), 0);
end
$$;

-- A collector makes good what was short, in cash: {id, collector_id, amount_minor, note}. The same id again changes nothing.
create function collections.repay_shortage(repayment jsonb)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_tenant    uuid := access.tenant_id();
  v_id        uuid := (repayment ->> 'id')::uuid;
  v_collector uuid := (repayment ->> 'collector_id')::uuid;
  v_amount    bigint := case when repayment ->> 'amount_minor' ~ '^\d{1,12}$' then (repayment ->> 'amount_minor')::bigint end;
  v_known     collections.shortage_repayments;
begin
  perform access.require('remittances.count');
  if v_id is null or coalesce(v_amount, 0) = 0 then
    raise exception 'Give the sum that was repaid.' using errcode = 'PT422', detail = 'invalid_amount';
  end if;
  if v_collector = access.member_id() then
    raise exception 'Somebody else must take what you repay.' using errcode = 'PT403', detail = 'second_person_needed';
  end if;
  perform pg_advisory_xact_lock(hashtextextended('shortage:' || v_tenant || ':' || v_collector, 0));
  select r.* into v_known from collections.shortage_repayments as r where r.tenant_id = v_tenant and r.id = v_id;
  if found then
    if (v_known.collector_id, v_known.amount_minor) is distinct from (v_collector, v_amount) then
      raise exception 'This repayment is known with another sum. Reload the page.' using errcode = 'PT409', detail = 'repayment_conflict';
    end if;
    return jsonb_build_object('id', v_id, 'duplicate', true);
  end if;
  if v_amount > (
    select coalesce(sum(b.amount_minor), 0)
    from ledger.accounts as a join ledger.balances as b on b.tenant_id = a.tenant_id and b.account_id = a.id
    where a.tenant_id = v_tenant and a.code = 'collector_shortage' and a.owner_id = v_collector)
  then
    raise exception 'The collector does not owe that much. Reload the page.' using errcode = 'PT409', detail = 'more_than_owed';
  end if;

  insert into collections.shortage_repayments (tenant_id, id, collector_id, amount_minor, received_by, note)
  values (v_tenant, v_id, v_collector, v_amount, access.member_id(), nullif(left(btrim(repayment ->> 'note'), 300), ''));
  perform ledger.post('shortage', 'shortage:' || v_id, 'shortage', v_id, clock.now(), jsonb_build_array(
    jsonb_build_object('account', ledger.account('cash_office'), 'amount_minor', v_amount),
    jsonb_build_object('account', ledger.account('collector_shortage', 'member', v_collector), 'amount_minor', -v_amount)));
  return jsonb_build_object('id', v_id, 'duplicate', false);
end
$$;

-- What one collector may carry: {collector_id, cash_limit_minor, unsent_limit, unsent_hours}; what is null is as the ISP has it.
create function collections.set_collector_limits(limits jsonb)
returns void
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_collector uuid := (limits ->> 'collector_id')::uuid;
begin
  perform access.require('collections.settle');
  if not exists (select from access.members as m where m.tenant_id = access.tenant_id() and m.id = v_collector) then
    raise exception 'That collector is not here. Reload the page.' using errcode = 'PT404', detail = 'collector_unknown';
  end if;
  insert into collections.collector_limits as l (tenant_id, id, cash_limit_minor, unsent_limit, unsent_hours)
  values (access.tenant_id(), v_collector, (limits ->> 'cash_limit_minor')::bigint, (limits ->> 'unsent_limit')::smallint, (limits ->> 'unsent_hours')::smallint)
  on conflict (tenant_id, id) do update
  set cash_limit_minor = excluded.cash_limit_minor, unsent_limit = excluded.unsent_limit, unsent_hours = excluded.unsent_hours, updated_at = clock.now();
exception when data_exception or check_violation then
  raise exception 'A limit is a whole number: cash above zero, 1 to 500 unsent, 1 to 240 hours.' using errcode = 'PT422', detail = 'invalid_limit';
end
$$;

do $$
declare
  v_function text;
begin
  call access.stand_before_wall('collections.keep_slip(uuid, jsonb)', null);
  foreach v_function in array array['collections.office_cash()', 'collections.record_bank_deposit(jsonb)', 'collections.void_bank_deposit(uuid, text)',
    'collections.shortage_of(uuid)', 'collections.repay_shortage(jsonb)', 'collections.set_collector_limits(jsonb)']
  loop
    call access.stand_before_wall(v_function::regprocedure);
  end loop;
end
$$;

-- The public face --------------------------------------------------------------------------------

create view api.bank_deposits with (security_invoker = true) as
  select d.tenant_id, d.id, d.amount_minor, d.bank, d.slip_number, d.deposited_on, d.deposited_by, m.full_name as deposited_by_name, d.recorded_at,
    d.note, exists (select from collections.deposit_slips as s where s.tenant_id = d.tenant_id and s.id = d.id) as has_photo,
    (select count(*) from collections.remittances as r where r.tenant_id = d.tenant_id and r.bank_deposit_id = d.id) as remittance_count,
    d.voided_at, v.full_name as voided_by_name, d.void_reason
  from collections.bank_deposits as d
  left join access.members as m on m.tenant_id = d.tenant_id and m.id = d.deposited_by
  left join access.members as v on v.tenant_id = d.tenant_id and v.id = d.voided_by;
create view api.deposit_slips with (security_invoker = true) as
  select s.tenant_id, s.id, s.content_type, encode(s.bytes, 'base64') as base64 from collections.deposit_slips as s;
create view api.collector_limits with (security_invoker = true) as
  select l.tenant_id, l.id, l.cash_limit_minor, l.unsent_limit, l.unsent_hours from collections.collector_limits as l;
create view api.shortage_repayments with (security_invoker = true) as
  select r.tenant_id, r.id, r.collector_id, r.amount_minor, r.received_at, m.full_name as received_by_name, r.note
  from collections.shortage_repayments as r
  left join access.members as m on m.tenant_id = r.tenant_id and m.id = r.received_by;
grant select on api.bank_deposits, api.deposit_slips, api.collector_limits, api.shortage_repayments to authenticated;

create function api.office_cash() returns bigint language sql stable set search_path = '' as $$ select collections.office_cash() $$;
create function api.record_bank_deposit(deposit jsonb) returns jsonb language sql set search_path = ''
  as $$ select collections.record_bank_deposit(deposit) $$;
create function api.void_bank_deposit(deposit_id uuid, reason text) returns void language sql set search_path = ''
  as $$ select collections.void_bank_deposit(deposit_id, reason) $$;
create function api.repay_shortage(repayment jsonb) returns jsonb language sql set search_path = ''
  as $$ select collections.repay_shortage(repayment) $$;
create function api.set_collector_limits(limits jsonb) returns void language sql set search_path = ''
  as $$ select collections.set_collector_limits(limits) $$;
grant execute on function api.office_cash(), api.record_bank_deposit(jsonb), api.void_bank_deposit(uuid, text), api.repay_shortage(jsonb),
  api.set_collector_limits(jsonb) to authenticated;
