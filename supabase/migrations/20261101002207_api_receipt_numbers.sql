-- Receipt numbers: what became of every one that was ever taken from the series. What nothing accounts for is a gap, and is shown.

-- Each block lent to a phone. Numbers are used in order, so one left out below the last used is missing and not merely unused. A block put
-- aside after a restore has no phone and no order: what no paper has shown yet is cancelled.
create function collections.receipt_block_report()
returns table (id uuid, device_id uuid, device_code text, member_id uuid, member_name text, prefix text, first_serial bigint, last_serial bigint,
  state text, reason text, created_at timestamptz, issued bigint, used bigint, voided bigint, still_out bigint, cancelled bigint, missing bigint,
  missing_ranges int8multirange)
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  v_tenant uuid := access.tenant_id();
begin
  perform access.require('collections.read');
  return query
    select b.id, d.id, d.code, m.id, m.full_name, b.prefix, b.first_serial, b.last_serial, b.state, b.reason, b.created_at,
      b.last_serial - b.first_serial + 1, r.taken - r.voided, r.voided,
      case when b.state = 'out' then b.last_serial - r.reached else 0 end,
      case when b.device_id is null then b.last_serial - b.first_serial + 1 - r.taken
        when b.state = 'cancelled' then b.last_serial - r.reached else 0 end,
      passed.numbers - r.taken, passed.range - r.ranges
    from collections.receipt_blocks as b
    left join collections.devices as d on d.tenant_id = b.tenant_id and d.id = b.device_id
    left join access.members as m on m.tenant_id = d.tenant_id and m.id = d.member_id
    cross join lateral (
      select count(*) as taken, count(*) filter (where p.stage = 'void') as voided, coalesce(max(x.serial), b.first_serial - 1) as reached,
        coalesce(range_agg(int8range(x.serial, x.serial, '[]')), '{}') as ranges
      from collections.receipts as x
      join collections.payments as p on p.tenant_id = x.tenant_id and p.id = x.payment_id
      where x.tenant_id = b.tenant_id and x.serial between b.first_serial and b.last_serial
    ) as r
    cross join lateral (
      select case when b.device_id is null then r.taken when b.state = 'used' then b.last_serial - b.first_serial + 1
          else r.reached - b.first_serial + 1 end as numbers,
        case when b.device_id is null then r.ranges
          else int8multirange(int8range(b.first_serial, case when b.state = 'used' then b.last_serial else r.reached end + 1)) end as range
    ) as passed
    where b.tenant_id = v_tenant;
end
$$;

-- The numbers nobody can account for. missing: lent, passed over by the phone, on no receipt. nowhere: neither lent nor on a receipt.
create function collections.receipt_gaps()
returns table (first_serial bigint, last_serial bigint, kind text, block_id uuid, device_code text, member_id uuid, member_name text)
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  v_tenant uuid := access.tenant_id();
begin
  perform access.require('collections.read');
  return query
    select lower(g.numbers), upper(g.numbers) - 1, 'missing', b.id, b.device_code, b.member_id, b.member_name
    from collections.receipt_block_report() as b
    cross join lateral unnest(b.missing_ranges) as g(numbers)
    union all
    select lower(g.numbers), upper(g.numbers) - 1, 'nowhere', null, null, null, null
    from (
      select range_agg(x.numbers) as numbers
      from (
        select int8range(b.first_serial, b.last_serial, '[]') as numbers from collections.receipt_blocks as b where b.tenant_id = v_tenant
        union all
        select int8range(r.serial, r.serial, '[]') from collections.receipts as r where r.tenant_id = v_tenant
      ) as x
    ) as known
    join tenancy.document_series as s on s.tenant_id = v_tenant and s.kind = 'receipt'
    cross join lateral unnest(int8multirange(int8range(lower(known.numbers), greatest(s.next_number, lower(known.numbers)))) - known.numbers) as g(numbers);
end
$$;

-- All of it in one row. `issued` is counted from the series, the rest from what became of the numbers: they are the same, or something is wrong.
create function collections.receipt_audit()
returns table (issued bigint, counter bigint, used bigint, voided bigint, still_out bigint, cancelled bigint, missing bigint, nowhere bigint)
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  v_tenant uuid := access.tenant_id();
begin
  perform access.require('collections.read');
  return query
    select
      coalesce((
        select s.next_number - least((select min(r.serial) from collections.receipts as r where r.tenant_id = v_tenant),
          (select min(x.first_serial) from collections.receipt_blocks as x where x.tenant_id = v_tenant), s.next_number)
        from tenancy.document_series as s where s.tenant_id = v_tenant and s.kind = 'receipt'), 0),
      (select count(*) from collections.receipts as r
        where r.tenant_id = v_tenant and not exists (
          select from collections.receipt_blocks as x
          where x.tenant_id = v_tenant and r.serial between x.first_serial and x.last_serial)),
      coalesce(sum(b.used), 0)::bigint, coalesce(sum(b.voided), 0)::bigint, coalesce(sum(b.still_out), 0)::bigint,
      coalesce(sum(b.cancelled), 0)::bigint, coalesce(sum(b.missing), 0)::bigint,
      (select coalesce(sum(g.last_serial - g.first_serial + 1), 0)::bigint from collections.receipt_gaps() as g where g.kind = 'nowhere')
    from collections.receipt_block_report() as b;
end
$$;

call access.stand_before_wall('collections.receipt_block_report()');
call access.stand_before_wall('collections.receipt_gaps()');
call access.stand_before_wall('collections.receipt_audit()');

create view api.receipt_block_report with (security_invoker = true) as
  select access.tenant_id() as tenant_id, b.id, b.device_id, b.device_code, b.member_id, b.member_name, b.prefix, b.first_serial, b.last_serial,
    b.state, b.reason, b.created_at, b.issued, b.used, b.voided, b.still_out, b.cancelled, b.missing
  from collections.receipt_block_report() as b;
create view api.receipt_gaps with (security_invoker = true) as
  select access.tenant_id() as tenant_id, g.first_serial, g.last_serial, g.last_serial - g.first_serial + 1 as numbers, g.kind, g.block_id,
    g.device_code, g.member_id, g.member_name
  from collections.receipt_gaps() as g;
grant select on api.receipt_block_report, api.receipt_gaps to authenticated;

create function api.receipt_audit()
returns table (issued bigint, counter bigint, used bigint, voided bigint, still_out bigint, cancelled bigint, missing bigint, nowhere bigint)
language sql stable set search_path = '' as $$ select * from collections.receipt_audit() $$;
grant execute on function api.receipt_audit() to authenticated;
