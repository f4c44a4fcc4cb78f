-- Remittances: a collector hands in cash. The collector declares before seeing the expected sum, another person counts blind,
-- and only a second pair of eyes accepts a difference.

-- Hands in everything collected and not yet handed in. declared_minor is what the collector counted. The same id again changes nothing.
create function collections.submit_remittance(remittance jsonb)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_tenant    uuid := access.tenant_id();
  v_collector uuid := access.member_id();
  v_id        uuid := (remittance ->> 'id')::uuid;
  v_payments  uuid[];
  v_expected  bigint;
begin
  perform access.require('collections.collect');
  if v_id is null or coalesce(remittance ->> 'declared_minor', '') !~ '^\d{1,12}$' then
    raise exception 'Count the cash and give the sum.' using errcode = 'PT422', detail = 'invalid_amount';
  end if;
  perform pg_advisory_xact_lock(hashtextextended('remittance:' || v_collector, 0));
  if exists (select from collections.remittances as r where r.tenant_id = v_tenant and r.id = v_id) then
    return jsonb_build_object('id', v_id, 'duplicate', true);
  end if;

  select coalesce(array_agg(p.id), '{}'), coalesce(sum(p.amount_minor), 0) into v_payments, v_expected
  from (
    -- Held, so that none is voided or identified between the sum and the hand-over.
    select p.id, p.amount_minor
    from collections.payments as p
    where p.tenant_id = v_tenant and p.received_by = v_collector and p.channel = 'field' and p.method = 'cash'
      and p.stage in ('posted', 'unidentified') and p.remittance_id is null
    order by p.id
    for no key update
  ) as p;
  if cardinality(v_payments) = 0 then
    raise exception 'There is no cash to hand in.' using errcode = 'PT409', detail = 'nothing_to_remit';
  end if;

  insert into collections.remittances (tenant_id, id, collector_id, denominations, declared_minor, expected_minor)
  values (v_tenant, v_id, v_collector, coalesce(remittance -> 'denominations', '{}'), (remittance ->> 'declared_minor')::bigint, v_expected);
  update collections.payments as p set remittance_id = v_id where p.tenant_id = v_tenant and p.id = any (v_payments);
  return jsonb_build_object('id', v_id, 'duplicate', false);
end
$$;

-- Posts what was counted: cash to the office, a difference to its own place; the payments count as remitted.
create function collections.accept_remittance(remittance collections.remittances)
returns void
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_difference bigint := remittance.counted_minor - remittance.expected_minor;
begin
  perform ledger.post('remittance', 'remittance:' || remittance.id, 'remittance', remittance.id, clock.now(), jsonb_build_array(
    jsonb_build_object('account', ledger.account('cash_office'), 'amount_minor', remittance.counted_minor),
    jsonb_build_object('account', ledger.account('collector_shortage'), 'amount_minor', greatest(-v_difference, 0)),
    jsonb_build_object('account', ledger.account('unidentified_receipts'), 'amount_minor', -greatest(v_difference, 0)),
    jsonb_build_object('account', ledger.account('collector_cash', 'member', remittance.collector_id), 'amount_minor', -remittance.expected_minor)));
  update collections.payments as p set stage = 'remitted'
  where p.tenant_id = remittance.tenant_id and p.remittance_id = remittance.id and p.stage = 'posted';
  update collections.remittances as r set state = 'accepted'
  where r.tenant_id = remittance.tenant_id and r.id = remittance.id;
end
$$;

-- Another person counts, without having seen what is expected. Right: accepted at once. Wrong: it waits for a second word.
create function collections.count_remittance(remittance_id uuid, counted_minor bigint)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_tenant uuid := access.tenant_id();
  v_r      collections.remittances;
begin
  perform access.require('remittances.count');
  select r.* into v_r from collections.remittances as r where r.tenant_id = v_tenant and r.id = count_remittance.remittance_id for update;
  if not found or v_r.state <> 'submitted' then
    raise exception 'That remittance was counted already, or is not here. Reload the page.' using errcode = 'PT409', detail = 'remittance_not_open';
  end if;
  if v_r.collector_id = access.member_id() then
    raise exception 'Somebody else must count what you handed in.' using errcode = 'PT403', detail = 'own_remittance';
  end if;
  if coalesce(count_remittance.counted_minor, -1) < 0 then
    raise exception 'Give the counted sum.' using errcode = 'PT422', detail = 'invalid_amount';
  end if;
  update collections.remittances as r
  set counted_minor = count_remittance.counted_minor, counted_by = access.member_id(), counted_at = clock.now(), state = 'counted'
  where r.tenant_id = v_tenant and r.id = v_r.id
  returning r.* into v_r;
  if v_r.counted_minor = v_r.expected_minor then
    perform collections.accept_remittance(v_r);
  end if;
  return jsonb_build_object('id', v_r.id, 'expected_minor', v_r.expected_minor, 'counted_minor', v_r.counted_minor,
    'variance_minor', v_r.variance_minor, 'state', case when v_r.variance_minor = 0 then 'accepted' else 'counted' end);
end
$$;

-- A second person accepts a shortage or an overage, with a word on it.
create function collections.approve_variance(remittance_id uuid, note text)
returns void
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_tenant uuid := access.tenant_id();
  v_r      collections.remittances;
begin
  perform access.require('remittances.approve');
  select r.* into v_r from collections.remittances as r where r.tenant_id = v_tenant and r.id = approve_variance.remittance_id for update;
  if not found or v_r.state <> 'counted' then
    raise exception 'That remittance does not wait for a decision. Reload the page.' using errcode = 'PT409', detail = 'remittance_not_counted';
  end if;
  if access.member_id() in (v_r.counted_by, v_r.collector_id) then
    raise exception 'A second person must accept the difference.' using errcode = 'PT403', detail = 'second_person_needed';
  end if;
  if coalesce(btrim(approve_variance.note), '') = '' then
    raise exception 'Say why the sums differ.' using errcode = 'PT422', detail = 'note_missing';
  end if;
  update collections.remittances as r set approved_by = access.member_id(), approved_at = clock.now(), note = left(btrim(approve_variance.note), 300)
  where r.tenant_id = v_tenant and r.id = v_r.id;
  perform collections.accept_remittance(v_r);
end
$$;

call access.stand_before_wall('collections.submit_remittance(jsonb)');
call access.stand_before_wall('collections.accept_remittance(collections.remittances)', null);
call access.stand_before_wall('collections.count_remittance(uuid, bigint)');
call access.stand_before_wall('collections.approve_variance(uuid, text)');

-- The expected sum shows only after the count.
create view api.remittances with (security_invoker = true) as
  select r.tenant_id, r.id, r.collector_id, c.full_name as collector_name, r.denominations, r.declared_minor, r.counted_minor,
    case when r.state <> 'submitted' then r.expected_minor end as expected_minor,
    case when r.state <> 'submitted' then r.variance_minor end as variance_minor,
    r.state, r.submitted_at, k.full_name as counted_by_name, r.counted_at, a.full_name as approved_by_name, r.approved_at, r.note
  from collections.remittances as r
  left join access.members as c on c.tenant_id = r.tenant_id and c.id = r.collector_id
  left join access.members as k on k.tenant_id = r.tenant_id and k.id = r.counted_by
  left join access.members as a on a.tenant_id = r.tenant_id and a.id = r.approved_by;
grant select on api.remittances to authenticated;

create function api.submit_remittance(remittance jsonb) returns jsonb language sql set search_path = ''
  as $$ select collections.submit_remittance(remittance) $$;
create function api.count_remittance(remittance_id uuid, counted_minor bigint) returns jsonb language sql set search_path = ''
  as $$ select collections.count_remittance(remittance_id, counted_minor) $$;
create function api.approve_variance(remittance_id uuid, note text) returns void language sql set search_path = ''
  as $$ select collections.approve_variance(remittance_id, note) $$;
grant execute on function api.submit_remittance(jsonb), api.count_remittance(uuid, bigint), api.approve_variance(uuid, text) to authenticated;
