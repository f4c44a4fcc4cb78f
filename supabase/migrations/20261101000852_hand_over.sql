-- Hand-over: routes go from one collector to another, for good or for some days.

-- Refuses whoever cannot be given a route, and routes that are not this collector's. Answers the routes, held.
create function places.hold_routes_between(from_id uuid, to_id uuid, route_ids uuid[])
returns uuid[]
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_tenant uuid := access.tenant_id();
  v_ids    uuid[];
begin
  perform access.require('places.manage');
  if not exists (select from access.members as m where m.tenant_id = v_tenant and m.id = hold_routes_between.to_id and m.status = 'active') then
    raise exception 'That collector is not active here. Choose another.' using errcode = 'PT404', detail = 'collector_unknown';
  end if;
  if hold_routes_between.to_id = hold_routes_between.from_id then
    raise exception 'These routes are with that collector already. Choose another.' using errcode = 'PT409', detail = 'same_collector';
  end if;

  select coalesce(array_agg(r.id), '{}') into v_ids
  from (
    select r.id from places.routes as r
    where r.tenant_id = v_tenant and r.collector_id = hold_routes_between.from_id
      and (hold_routes_between.route_ids is null or r.id = any (hold_routes_between.route_ids))
    order by r.id for no key update
  ) as r;
  return v_ids;
end
$$;

-- Gives routes of one collector to another: those named, or all. The phones of both follow by their scopes: the one forgets the stops, the
-- other gets them. What the one has not sent yet still arrives, as off the route. Asked again, nothing changes.
create function places.hand_over_routes(from_id uuid, to_id uuid, route_ids uuid[] default null)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_tenant uuid := access.tenant_id();
  v_ids    uuid[] := places.hold_routes_between(hand_over_routes.from_id, hand_over_routes.to_id, hand_over_routes.route_ids);
begin
  if exists (
    select from unnest(hand_over_routes.route_ids) as asked(id)
    left join places.routes as r on r.tenant_id = v_tenant and r.id = asked.id
    where asked.id <> all (v_ids) and r.collector_id is distinct from hand_over_routes.to_id)
  then
    raise exception 'One of these routes is somebody else''s by now. Reload the page.' using errcode = 'PT409', detail = 'route_moved';
  end if;
  update places.routes as r set collector_id = hand_over_routes.to_id, updated_at = clock.now()
  where r.tenant_id = v_tenant and r.id = any (v_ids);
  return jsonb_build_object('handed_over', cardinality(v_ids));
end
$$;
call access.stand_before_wall('places.hand_over_routes(uuid, uuid, uuid[])');

-- Has somebody else walk routes of a collector for some days, the last one included; then they are the collector's again, by themselves.
-- loan: id, from_id, to_id, route_ids, from_on, until_on, reason.
create function places.lend_routes(loan jsonb)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_tenant uuid := access.tenant_id();
  v_today  date := clock.today(v_tenant);
  v_id     uuid := service.command_id(loan);
  v_from   date := service.command_day(loan, 'from_on');
  v_until  date := service.command_day(loan, 'until_on');
  v_to     uuid;
  v_asked  uuid[];
  v_ids    uuid[];
  v_known  jsonb;
  v_lent   record;
begin
  v_to := (loan ->> 'to_id')::uuid;
  v_asked := array(select r.id::uuid from jsonb_array_elements_text(loan -> 'route_ids') as r(id) order by 1);
  v_ids := places.hold_routes_between((loan ->> 'from_id')::uuid, v_to, v_asked);
  select l.request into v_known from places.route_loans as l where l.tenant_id = v_tenant and l.command_id = v_id limit 1;
  if service.is_command_known(v_known, loan, 'loan_conflict') then
    return jsonb_build_object('id', v_id, 'lent', cardinality(v_asked));
  end if;

  if v_asked <> v_ids or v_asked = '{}' then
    raise exception 'One of these routes is somebody else''s by now. Reload the page.' using errcode = 'PT409', detail = 'route_moved';
  end if;
  if v_from is null or v_until is null or v_until < v_from or v_until >= v_from + 366 then
    raise exception 'Give the first day and the last, in this order and at most a year apart.' using errcode = 'PT422', detail = 'invalid_days';
  end if;
  if v_from < v_today then
    raise exception 'Routes are lent from today on, not for days that are over.' using errcode = 'PT422', detail = 'days_over';
  end if;
  select r.name, m.full_name, to_char(lower(l.days), 'FMDD Mon') as from_on, to_char(upper(l.days) - 1, 'FMDD Mon') as until_on into v_lent
  from places.route_loans as l
  join places.routes as r on r.tenant_id = l.tenant_id and r.id = l.route_id
  join access.members as m on m.tenant_id = l.tenant_id and m.id = l.member_id
  where l.tenant_id = v_tenant and l.route_id = any (v_ids) and l.days && daterange(v_from, v_until, '[]')
  order by lower(l.days) limit 1;
  if found then
    raise exception '% is with % from % to % already. Take it back first, or choose other days.', v_lent.name, v_lent.full_name, v_lent.from_on,
      v_lent.until_on using errcode = 'PT409', detail = 'already_lent';
  end if;

  insert into places.route_loans (tenant_id, command_id, request, route_id, member_id, days, reason, lent_by)
  select v_tenant, v_id, loan, r.id, v_to, daterange(v_from, v_until, '[]'), nullif(btrim(loan ->> 'reason'), ''), access.member_id()
  from unnest(v_ids) as r(id);
  return jsonb_build_object('id', v_id, 'lent', cardinality(v_ids));
exception
  when check_violation then
    raise exception 'Say why in 3 to 300 letters, or leave it empty.' using errcode = 'PT422', detail = 'invalid_reason';
  when invalid_text_representation then
    raise exception 'That could not be read. Reload the page.' using errcode = 'PT400', detail = 'invalid_loan';
end
$$;

-- Takes a lent route back today, or before it went. Asked again, nothing changes.
create function places.end_loan(loan_id uuid)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_tenant uuid := access.tenant_id();
  v_today  date := clock.today(v_tenant);
  v_loan   places.route_loans;
begin
  perform access.require('places.manage');
  select l.* into v_loan from places.route_loans as l where l.tenant_id = v_tenant and l.id = end_loan.loan_id for update;
  if not found then
    raise exception 'That route is not lent. Reload the page.' using errcode = 'PT404', detail = 'loan_unknown';
  end if;
  if v_loan.ended_at is null then
    if upper(v_loan.days) <= v_today then
      raise exception 'Those days are over, and the route is back already.' using errcode = 'PT409', detail = 'loan_over';
    end if;
    perform places.cut_loans_short(array[v_loan.id]);
  end if;
  return jsonb_build_object('id', v_loan.id);
end
$$;
call access.stand_before_wall('places.hold_routes_between(uuid, uuid, uuid[])', null);
call access.stand_before_wall('places.lend_routes(jsonb)');
call access.stand_before_wall('places.end_loan(uuid)');

create function api.hand_over_routes(from_id uuid, to_id uuid, route_ids uuid[] default null) returns jsonb language sql set search_path = ''
  as $$ select places.hand_over_routes(from_id, to_id, route_ids) $$;
grant execute on function api.hand_over_routes(uuid, uuid, uuid[]) to authenticated;
create function api.lend_routes(loan jsonb) returns jsonb language sql set search_path = '' as $$ select places.lend_routes(loan) $$;
create function api.end_loan(loan_id uuid) returns jsonb language sql set search_path = '' as $$ select places.end_loan(loan_id) $$;
grant execute on function api.lend_routes(jsonb), api.end_loan(uuid) to authenticated;
