-- Import of subscribers from a table. Checked row by row: rows in error are listed by line with the reason, good rows are kept,
-- and nothing is half written. Preview and save are two functions over one check.

-- A civil day from text, or null when there is no such day.
create function service.parse_day(written text)
returns date
language plpgsql
immutable
set search_path = ''
as $$
begin
  if written !~ '^\d{4}-\d{2}-\d{2}$' then
    return null;
  end if;
  return make_date(left(written, 4)::integer, substr(written, 6, 2)::integer, right(written, 2)::integer);
exception when datetime_field_overflow then
  return null;
end
$$;

-- The rows of an import with what they mean and, for a row that cannot be taken, why. One error a row: the first a person would fix.
create function service.check_import(rows jsonb)
returns table (
  line integer, account_no text, name text, phone text, email text, barangay_id uuid, purok text, landmark text,
  latitude double precision, longitude double precision, plan_id uuid, billing_mode text, price_minor bigint, activated_on date,
  error_column text, error_value text, error text
)
language sql
stable
security definer
set search_path = ''
as $$
  with given as (
    select
      (r.value ->> 'line')::integer as line,
      nullif(btrim(r.value ->> 'account_no'), '') as account_no,
      nullif(btrim(r.value ->> 'name'), '') as name,
      nullif(btrim(r.value ->> 'phone'), '') as phone,
      nullif(lower(btrim(r.value ->> 'email')), '') as email,
      nullif(btrim(r.value ->> 'barangay'), '') as barangay,
      nullif(btrim(r.value ->> 'purok'), '') as purok,
      nullif(btrim(r.value ->> 'landmark'), '') as landmark,
      nullif(btrim(r.value ->> 'latitude'), '') as latitude,
      nullif(btrim(r.value ->> 'longitude'), '') as longitude,
      nullif(btrim(r.value ->> 'plan'), '') as plan,
      nullif(btrim(r.value ->> 'activated_on'), '') as activated_on
    from jsonb_array_elements(check_import.rows) as r
  ), met as (
    select g.*, b.id as barangay_id, p.id as plan_id, p.billing_mode,
      catalog.price_on(p.id, clock.today(access.tenant_id())) as price_minor,
      service.parse_day(g.activated_on) as day,
      first_value(g.line) over (partition by lower(g.account_no) order by g.line) as first_line
    from given as g
    left join lateral (
      select b.id from places.barangays as b
      where b.tenant_id = access.tenant_id() and lower(b.name) = lower(g.barangay) order by b.id limit 1) as b on true
    left join lateral (
      select p.id, p.billing_mode from catalog.plans as p
      where p.tenant_id = access.tenant_id() and lower(p.name) = lower(g.plan)) as p on true
  )
  select m.line, m.account_no, m.name, m.phone, m.email, m.barangay_id, m.purok, m.landmark,
    case when m.latitude ~ '^-?\d{1,3}(\.\d{1,15})?$' then m.latitude::double precision end,
    case when m.longitude ~ '^-?\d{1,3}(\.\d{1,15})?$' then m.longitude::double precision end,
    m.plan_id, m.billing_mode, m.price_minor, m.day,
    e.column_name, e.value, e.reason
  from met as m
  left join lateral (
    select c.column_name, c.value, c.reason
    from (values
      (1, 'name', m.name, 'The name is missing.', m.name is null),
      (2, 'name', m.name, 'The name is longer than 160 letters.', length(m.name) > 160),
      (3, 'account_no', m.account_no, 'Account numbers have at most 30 letters, digits, dots, slashes and dashes.',
        m.account_no !~ '^[A-Za-z0-9][A-Za-z0-9./-]{0,29}$'),
      (4, 'account_no', m.account_no, format('The same account number is already on line %s of this file.', m.first_line),
        m.account_no is not null and m.first_line < m.line),
      (5, 'account_no', m.account_no, 'This account number already belongs to a subscriber. Remove the line, or change the number.',
        exists (select from service.subscribers as s where s.tenant_id = access.tenant_id() and s.account_no = m.account_no)),
      (6, 'email', m.email, 'The e-mail address is not complete; leave it empty if there is none.',
        m.email !~ '^[^@\s]+@[^@\s]+\.[^@\s]+$' or length(m.email) > 254),
      (7, 'phone', m.phone, 'A phone number has at most 40 characters.', length(m.phone) > 40),
      (8, 'barangay', m.barangay, 'This barangay is not in your list. Pick it in Settings, Places, or correct the name.',
        m.barangay is not null and m.barangay_id is null),
      (9, 'purok', m.purok, 'The purok has at most 120 letters.', length(m.purok) > 120),
      (10, 'landmark', m.landmark, 'The landmark has at most 200 letters.', length(m.landmark) > 200),
      (11, 'latitude', m.latitude, 'Latitude is a number between -90 and 90, like 8.4772.',
        m.latitude is not null and not coalesce(m.latitude ~ '^-?\d{1,2}(\.\d{1,15})?$' and abs(m.latitude::numeric) <= 90, false)),
      (12, 'longitude', m.longitude, 'Longitude is a number between -180 and 180, like 124.6459.',
        m.longitude is not null and not coalesce(m.longitude ~ '^-?\d{1,3}(\.\d{1,15})?$' and abs(m.longitude::numeric) <= 180, false)),
      (13, 'latitude', m.latitude, 'Latitude and longitude go together: give both or neither.', (m.latitude is null) <> (m.longitude is null)),
      (14, 'plan', m.plan, 'There is no plan of this name. Create it first, or correct the name.', m.plan is not null and m.plan_id is null),
      (15, 'plan', m.plan, 'This plan has no price yet. Give it one first.', m.plan_id is not null and m.price_minor is null),
      (16, 'activated_on', m.activated_on, 'That day does not exist. Write it like 2026-11-30.', m.activated_on is not null and m.day is null)
    ) as c(position, column_name, value, reason, is_wrong)
    where c.is_wrong
    order by c.position
    limit 1
  ) as e on true
$$;

-- What an import would do: {total, good, bad, errors: [{line, column, value, reason}]}.
create function service.preview_import(rows jsonb)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  perform access.require('subscribers.manage');
  if jsonb_typeof(rows) is distinct from 'array' or jsonb_array_length(rows) = 0 then
    raise exception 'There are no rows to import.' using errcode = 'PT400', detail = 'no_rows';
  end if;
  if jsonb_array_length(rows) > 5000 then
    raise exception 'At most 5,000 rows at once. Split the file.' using errcode = 'PT400', detail = 'too_many_rows';
  end if;
  return (
    select jsonb_build_object(
      'total', count(*),
      'good', count(*) filter (where c.error is null),
      'bad', count(*) filter (where c.error is not null),
      'errors', coalesce(jsonb_agg(jsonb_build_object('line', c.line, 'column', c.error_column, 'value', c.error_value, 'reason', c.error)
        order by c.line) filter (where c.error is not null), '[]'))
    from service.check_import(preview_import.rows) as c);
end
$$;

-- Takes the good rows and answers as the preview, with imported. The same batch again imports nothing twice.
create function service.import_subscribers(batch_id uuid, rows jsonb)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_tenant  uuid := access.tenant_id();
  v_today   date := clock.today(v_tenant);
  v_result  jsonb;
  v_count   integer;
  v_next    bigint;
begin
  perform access.require('subscribers.manage');
  perform pg_advisory_xact_lock(hashtextextended('account_no:' || v_tenant, 0));
  if exists (select from service.subscribers as s where s.tenant_id = v_tenant and s.source_key like batch_id::text || ':%') then
    select count(*) into v_count from service.subscribers as s where s.tenant_id = v_tenant and s.source_key like batch_id::text || ':%';
    return jsonb_build_object('total', jsonb_array_length(rows), 'good', v_count, 'bad', 0, 'errors', '[]'::jsonb, 'imported', v_count, 'duplicate', true);
  end if;
  v_result := service.preview_import(rows);
  v_next := service.next_account_no()::bigint - 1;
  v_next := greatest(v_next, coalesce((
    select max(c.account_no::bigint) from service.check_import(rows) as c where c.error is null and c.account_no ~ '^\d{1,12}$'), 0));

  with good as materialized (
    select c.*, clock.uuid7() as id, clock.uuid7() as subscription_id,
      coalesce(c.account_no, lpad(c.next::text, greatest(6, length(c.next::text)), '0')) as account
    from (
      select g.*, v_next + sum((g.account_no is null)::integer) over (order by g.line) as next
      from service.check_import(import_subscribers.rows) as g
      where g.error is null
    ) as c
  ), subscribers as (
    insert into service.subscribers (tenant_id, id, account_no, name, phone, email, barangay_id, purok, landmark, latitude, longitude,
      location_source, source_key, branch)
    select v_tenant, g.id, g.account, g.name, g.phone, g.email, g.barangay_id, g.purok, g.landmark, g.latitude, g.longitude,
      case when g.latitude is not null then 'import' end, batch_id || ':' || g.line, tenancy.default_branch()
    from good as g
    returning 1
  ), subscriptions as (
    insert into service.subscriptions (tenant_id, id, subscriber_id, billing_mode, state, activated_on)
    select v_tenant, g.subscription_id, g.id, g.billing_mode, 'active', coalesce(g.activated_on, v_today)
    from good as g where g.plan_id is not null
    returning 1
  ), terms as (
    insert into service.subscription_terms (tenant_id, subscription_id, plan_id, price_minor, valid)
    select v_tenant, g.subscription_id, g.plan_id, g.price_minor, daterange(coalesce(g.activated_on, v_today), null)
    from good as g where g.plan_id is not null
    returning 1
  )
  select count(*) into v_count from subscribers;

  return v_result || jsonb_build_object('imported', v_count, 'duplicate', false);
end
$$;

grant execute on function service.parse_day(text) to authenticated, linyada_definer;
call access.stand_before_wall('service.check_import(jsonb)', null);
call access.stand_before_wall('service.preview_import(jsonb)');
call access.stand_before_wall('service.import_subscribers(uuid, jsonb)');
