-- Remittances: a collector hands in cash. It is counted twice, blind: by the collector, who is not shown the sum while counting, and by
-- another person, whom the database tells neither sum before the count is stored. A difference needs the word of a third.

-- What a collector holds: field cash that was not handed in. It is told to the collector and to those who see collections.
create function collections.cash_in_hand(collector_id uuid)
returns table (amount_minor bigint, payments bigint, oldest_at timestamptz)
language plpgsql
stable
security definer
set search_path = ''
rows 1
as $$
begin
  return query
  select coalesce(sum(p.amount_minor), 0)::bigint, count(*), min(p.received_at)
  from collections.payments as p
  where p.tenant_id = access.tenant_id() and p.received_by = cash_in_hand.collector_id and p.channel = 'field' and p.method = 'cash'
    and p.stage in ('posted', 'unidentified') and p.remittance_id is null
    and (cash_in_hand.collector_id = access.member_id() or access.can('collections.read'));
end
$$;

-- Takes the cash of one collector out of the collector's hands, as it was declared. The same id again changes nothing.
-- remittance: {id, collector_id, submitted_by, reason, device_id, declared_at, denominations, declared_minor}; callers say who may.
create function collections.take_remittance(remittance jsonb)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_tenant    uuid := access.tenant_id();
  v_id        uuid := (remittance ->> 'id')::uuid;
  v_collector uuid := (remittance ->> 'collector_id')::uuid;
  v_device    uuid := (remittance ->> 'device_id')::uuid;
  v_at        timestamptz := coalesce((remittance ->> 'declared_at')::timestamptz, clock.now());
  v_pieces    jsonb := coalesce(nullif(remittance -> 'denominations', 'null'), '{}');
  v_known     collections.remittances;
  v_payments  uuid[];
begin
  if v_id is null or coalesce(remittance ->> 'declared_minor', '') !~ '^\d{1,12}$'
    or v_pieces <> '{}' and collections.sum_of_cash(v_pieces) is distinct from (remittance ->> 'declared_minor')::bigint then
    raise exception 'Count the notes and coins again: they do not add up to the sum.' using errcode = 'PT422', detail = 'invalid_amount';
  end if;
  perform pg_advisory_xact_lock(hashtextextended('remittance:' || v_collector, 0));

  select r.* into v_known from collections.remittances as r where r.tenant_id = v_tenant and r.id = v_id;
  if found then
    if (v_known.collector_id, v_known.submitted_by, v_known.reason, v_known.declared_minor, v_known.denominations)
      is distinct from (v_collector, (remittance ->> 'submitted_by')::uuid, remittance ->> 'reason',
        (remittance ->> 'declared_minor')::bigint, v_pieces) then
      raise exception 'This hand-in is known with another sum. Look at the list, and hand in again what is missing.'
        using errcode = 'PT409', detail = 'remittance_conflict';
    end if;
    return jsonb_build_object('id', v_id, 'duplicate', true);
  end if;

  -- Held, so that none is voided or identified between here and the hand-over. Held first and read again, because one that was moved to
  -- another subscriber meanwhile goes on as another row. What a phone took after it counted comes after this, in the phone's own order.
  perform from collections.payments as p
  where p.tenant_id = v_tenant and p.received_by = v_collector and p.channel = 'field' and p.method = 'cash'
    and p.stage in ('posted', 'unidentified') and p.remittance_id is null
  order by p.id
  for no key update;
  v_payments := array(
    select p.id from collections.payments as p
    where p.tenant_id = v_tenant and p.received_by = v_collector and p.channel = 'field' and p.method = 'cash'
      and p.stage in ('posted', 'unidentified') and p.remittance_id is null
      and (p.device_id is not distinct from v_device or p.received_at <= v_at));
  -- Cash on the table is counted, also where the books know of none.
  if cardinality(v_payments) = 0 and (remittance ->> 'declared_minor')::bigint = 0 then
    raise exception 'There is no cash to hand in.' using errcode = 'PT409', detail = 'nothing_to_remit';
  end if;

  insert into collections.remittances (tenant_id, id, collector_id, submitted_by, reason, device_id, declared_at, denominations, declared_minor)
  values (v_tenant, v_id, v_collector, (remittance ->> 'submitted_by')::uuid, remittance ->> 'reason', v_device, v_at, v_pieces,
    (remittance ->> 'declared_minor')::bigint);
  update collections.payments as p set remittance_id = v_id where p.tenant_id = v_tenant and p.id = any (v_payments);
  return jsonb_build_object('id', v_id, 'duplicate', false);
end
$$;

-- Hands in everything collected and not yet handed in: {id, declared_minor, denominations}. With a collector_id and a reason it is done
-- for a collector who cannot; then two others are needed, one who hands in and one who counts.
create function collections.submit_remittance(remittance jsonb)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_me        uuid := access.member_id();
  v_collector uuid := coalesce((remittance ->> 'collector_id')::uuid, v_me);
  v_reason    text := nullif(left(btrim(remittance ->> 'reason'), 300), '');
begin
  if v_collector = v_me then
    perform access.require('collections.collect');
    v_reason := null;
  else
    perform access.require('remittances.count');
    if not exists (select from access.members as m where m.tenant_id = access.tenant_id() and m.id = v_collector) then
      raise exception 'That collector is not here. Reload the page.' using errcode = 'PT404', detail = 'collector_unknown';
    end if;
    if coalesce(length(v_reason), 0) < 3 then
      raise exception 'Say why the collector does not hand in the cash.' using errcode = 'PT422', detail = 'reason_missing';
    end if;
  end if;
  return collections.take_remittance(remittance - '{device_id,declared_at}'::text[]
    || jsonb_build_object('collector_id', v_collector, 'submitted_by', v_me, 'reason', v_reason));
end
$$;

-- Posts what was counted: cash to the office, a difference to its own place; the payments count as remitted.
-- Callers hold the remittance and have said that it is accepted.
create function collections.accept_remittance(remittance collections.remittances)
returns void
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_difference bigint := remittance.counted_minor - remittance.expected_minor;
begin
  if remittance.counted_minor > 0 or remittance.expected_minor > 0 then
    perform ledger.post('remittance', 'remittance:' || remittance.id, 'remittance', remittance.id, clock.now(), jsonb_build_array(
      jsonb_build_object('account', ledger.account('cash_office'), 'amount_minor', remittance.counted_minor),
      jsonb_build_object('account', ledger.account('collector_shortage', 'member', remittance.collector_id),
        'amount_minor', greatest(-v_difference, 0)),
      jsonb_build_object('account', ledger.account('unidentified_receipts'), 'amount_minor', -greatest(v_difference, 0)),
      jsonb_build_object('account', ledger.account('collector_cash', 'member', remittance.collector_id), 'amount_minor', -remittance.expected_minor)));
  end if;
  -- Held first, so that one whose owner is found at this moment is read with its new stage.
  perform from collections.payments as p
  where p.tenant_id = remittance.tenant_id and p.remittance_id = remittance.id order by p.id for no key update;
  update collections.payments as p set stage = 'remitted'
  where p.tenant_id = remittance.tenant_id and p.remittance_id = remittance.id and p.stage = 'posted';
end
$$;

-- What a person is told of a remittance once it is counted.
create function collections.count_answer(remittance collections.remittances)
returns jsonb
language sql
immutable
set search_path = ''
as $$
  select jsonb_build_object('id', remittance.id, 'declared_minor', remittance.declared_minor, 'expected_minor', remittance.expected_minor,
    'counted_minor', remittance.counted_minor, 'variance_minor', remittance.variance_minor, 'state', remittance.state)
$$;

-- Cash that was handed in at the office may be on a phone that has not sent yet: what reaches us behind the hand-in and was taken before it
-- lies on the same table. A phone's own hand-in comes behind all it holds, in the phone's order.
-- Callers hold the remittance.
create function collections.take_in_late_cash(remittance collections.remittances)
returns void
language plpgsql
security definer
set search_path = ''
as $$
begin
  if remittance.device_id is not null then
    return;
  end if;
  update collections.payments as p set remittance_id = remittance.id
  where p.tenant_id = remittance.tenant_id and p.id = any (array(
    select h.id from collections.payments as h
    where h.tenant_id = remittance.tenant_id and h.received_by = remittance.collector_id and h.channel = 'field' and h.method = 'cash'
      and h.stage in ('posted', 'unidentified') and h.remittance_id is null and h.received_at <= remittance.declared_at
    order by h.id
    for no key update));
end
$$;

-- Another person counts, without having seen what is declared or expected. Right: accepted at once. Wrong: it waits for a third.
-- The same count again answers the same.
create function collections.count_remittance(remittance_id uuid, counted_minor bigint, denominations jsonb default '{}')
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_tenant   uuid := access.tenant_id();
  v_me       uuid := access.member_id();
  v_pieces   jsonb := coalesce(count_remittance.denominations, '{}');
  v_expected bigint;
  v_r        collections.remittances;
begin
  perform access.require('remittances.count');
  perform pg_advisory_xact_lock(hashtextextended('remittance:' || r.collector_id, 0))
  from collections.remittances as r where r.tenant_id = v_tenant and r.id = count_remittance.remittance_id;
  select r.* into v_r from collections.remittances as r where r.tenant_id = v_tenant and r.id = count_remittance.remittance_id for update;
  if v_r.counted_by = v_me and v_r.counted_minor = count_remittance.counted_minor and v_r.counted_denominations = v_pieces then
    return collections.count_answer(v_r);
  end if;
  if not found or v_r.state <> 'submitted' then
    raise exception 'That remittance was counted already, or is not here. Reload the page.' using errcode = 'PT409', detail = 'remittance_not_open';
  end if;
  if v_me in (v_r.collector_id, v_r.submitted_by) then
    raise exception 'Somebody else must count what you handed in.' using errcode = 'PT403', detail = 'own_remittance';
  end if;
  if coalesce(count_remittance.counted_minor, -1) not between 0 and 999999999999
    or v_pieces <> '{}' and collections.sum_of_cash(v_pieces) is distinct from count_remittance.counted_minor then
    raise exception 'Count the notes and coins again: they do not add up to the sum.' using errcode = 'PT422', detail = 'invalid_amount';
  end if;

  perform collections.take_in_late_cash(v_r);
  v_expected := (
    select coalesce(sum(p.amount_minor), 0) from collections.payments as p
    where p.tenant_id = v_tenant and p.remittance_id = v_r.id and p.stage <> 'void');
  update collections.remittances as r
  set counted_minor = count_remittance.counted_minor, counted_denominations = v_pieces, expected_minor = v_expected,
    counted_by = v_me, counted_at = clock.now(),
    state = case when count_remittance.counted_minor = v_expected then 'accepted' else 'counted' end
  where r.tenant_id = v_tenant and r.id = v_r.id
  returning r.* into v_r;
  if v_r.state = 'accepted' then
    perform collections.accept_remittance(v_r);
  end if;
  return collections.count_answer(v_r);
end
$$;

-- The remittance that a person who neither handed it in nor counted it may decide, with the words that are needed for it.
create function collections.decide_remittance(remittance_id uuid, states text[], note text)
returns collections.remittances
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_r collections.remittances;
begin
  perform access.require('remittances.approve');
  select r.* into v_r from collections.remittances as r
  where r.tenant_id = access.tenant_id() and r.id = decide_remittance.remittance_id for update;
  if not found or v_r.state <> all (decide_remittance.states) then
    raise exception 'That remittance does not wait for a decision. Reload the page.' using errcode = 'PT409', detail = 'remittance_not_counted';
  end if;
  if access.member_id() in (v_r.counted_by, v_r.collector_id, v_r.submitted_by) then
    raise exception 'You handed in this cash or counted it, so somebody else must decide.' using errcode = 'PT403', detail = 'second_person_needed';
  end if;
  if coalesce(length(btrim(decide_remittance.note)), 0) not between 3 and 300 then
    raise exception 'Say what is known of it, in 3 to 300 letters.' using errcode = 'PT422', detail = 'note_missing';
  end if;
  return v_r;
end
$$;

-- A third person accepts a shortage or an overage, with a word on it.
create function collections.approve_variance(remittance_id uuid, note text)
returns void
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_r collections.remittances := collections.decide_remittance(approve_variance.remittance_id, '{counted}', approve_variance.note);
begin
  update collections.remittances as r
  set state = 'accepted', approved_by = access.member_id(), approved_at = clock.now(), note = btrim(approve_variance.note)
  where r.tenant_id = v_r.tenant_id and r.id = v_r.id;
  perform collections.accept_remittance(v_r);
end
$$;

-- Sends cash back that was never brought or was counted wrong: the collector holds it again, and hands it in anew.
create function collections.reject_remittance(remittance_id uuid, note text)
returns void
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_r collections.remittances := collections.decide_remittance(reject_remittance.remittance_id, '{submitted,counted}', reject_remittance.note);
begin
  update collections.payments as p set remittance_id = null
  where p.tenant_id = v_r.tenant_id and p.id = any (array(
    select h.id from collections.payments as h
    where h.tenant_id = v_r.tenant_id and h.remittance_id = v_r.id order by h.id for no key update));
  update collections.remittances as r
  set state = 'rejected', approved_by = access.member_id(), approved_at = clock.now(), note = btrim(reject_remittance.note)
  where r.tenant_id = v_r.tenant_id and r.id = v_r.id;
end
$$;

-- What was declared and how: the person who declared it knows, everybody else once it is counted.
create function collections.remittance_sums(remittance_id uuid)
returns table (declared_minor bigint, denominations jsonb)
language plpgsql
stable
security definer
set search_path = ''
rows 1
as $$
begin
  return query
  select r.declared_minor, r.denominations
  from collections.remittances as r
  where r.tenant_id = access.tenant_id() and r.id = remittance_sums.remittance_id
    and (r.submitted_by = access.member_id()
      or r.counted_minor is not null and (access.can('collections.read') or r.collector_id = access.member_id()));
end
$$;

do $$
declare
  v_function text;
begin
  foreach v_function in array array['collections.take_remittance(jsonb)', 'collections.take_in_late_cash(collections.remittances)',
    'collections.accept_remittance(collections.remittances)',
    'collections.decide_remittance(uuid, text[], text)']
  loop
    call access.stand_before_wall(v_function::regprocedure, null);
  end loop;
  foreach v_function in array array['collections.cash_in_hand(uuid)', 'collections.submit_remittance(jsonb)',
    'collections.count_remittance(uuid, bigint, jsonb)', 'collections.approve_variance(uuid, text)',
    'collections.reject_remittance(uuid, text)', 'collections.remittance_sums(uuid)']
  loop
    call access.stand_before_wall(v_function::regprocedure);
  end loop;
end
$$;
grant execute on function collections.count_answer(collections.remittances) to linyada_definer;

create view api.remittances with (security_invoker = true) as
  select r.tenant_id, r.id, r.collector_id, c.full_name as collector_name, r.submitted_by, s.full_name as submitted_by_name, r.reason,
    r.declared_at, r.submitted_at, d.declared_minor, d.denominations, r.counted_minor, r.counted_denominations, r.expected_minor, r.variance_minor,
    r.state, r.counted_by, k.full_name as counted_by_name, r.counted_at, r.approved_by, a.full_name as approved_by_name, r.approved_at, r.note,
    r.bank_deposit_id, b.slip_number
  from collections.remittances as r
  left join lateral collections.remittance_sums(r.id) as d on true
  left join access.members as c on c.tenant_id = r.tenant_id and c.id = r.collector_id
  left join access.members as s on s.tenant_id = r.tenant_id and s.id = r.submitted_by
  left join access.members as k on k.tenant_id = r.tenant_id and k.id = r.counted_by
  left join access.members as a on a.tenant_id = r.tenant_id and a.id = r.approved_by
  left join collections.bank_deposits as b on b.tenant_id = r.tenant_id and b.id = r.bank_deposit_id;
grant select on api.remittances to authenticated;

create function api.submit_remittance(remittance jsonb) returns jsonb language sql set search_path = ''
  as $$ select collections.submit_remittance(remittance) $$;
create function api.count_remittance(remittance_id uuid, counted_minor bigint, denominations jsonb default '{}') returns jsonb language sql
  set search_path = '' as $$ select collections.count_remittance(remittance_id, counted_minor, denominations) $$;
create function api.approve_variance(remittance_id uuid, note text) returns void language sql set search_path = ''
  as $$ select collections.approve_variance(remittance_id, note) $$;
create function api.reject_remittance(remittance_id uuid, note text) returns void language sql set search_path = ''
  as $$ select collections.reject_remittance(remittance_id, note) $$;
grant execute on function api.submit_remittance(jsonb), api.count_remittance(uuid, bigint, jsonb), api.approve_variance(uuid, text),
  api.reject_remittance(uuid, text) to authenticated;
