-- Hand-over: routes go from one collector to another, for good. Back is the same, the other way round.

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
  v_ids    uuid[];
begin
  perform access.require('places.manage');
  if not exists (select from access.members as m where m.tenant_id = v_tenant and m.id = hand_over_routes.to_id and m.status = 'active') then
    raise exception 'That collector is not active here. Choose another.' using errcode = 'PT404', detail = 'collector_unknown';
  end if;
  if hand_over_routes.to_id = hand_over_routes.from_id then
    raise exception 'These routes are with that collector already. Choose another.' using errcode = 'PT409', detail = 'same_collector';
  end if;

  select coalesce(array_agg(r.id), '{}') into v_ids
  from (
    select r.id from places.routes as r
    where r.tenant_id = v_tenant and r.collector_id = hand_over_routes.from_id
      and (hand_over_routes.route_ids is null or r.id = any (hand_over_routes.route_ids))
    order by r.id for no key update
  ) as r;
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

create function api.hand_over_routes(from_id uuid, to_id uuid, route_ids uuid[] default null) returns jsonb language sql set search_path = ''
  as $$ select places.hand_over_routes(from_id, to_id, route_ids) $$;
grant execute on function api.hand_over_routes(uuid, uuid, uuid[]) to authenticated;
