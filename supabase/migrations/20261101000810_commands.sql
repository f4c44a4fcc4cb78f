-- The frame of a command. Whatever it is about, it begins alike: it names itself by an id its sender made, and the days it means; it holds
-- the subscribers it is about, before everything else it locks; and where it was made before, it is answered as then.

-- The id a command brings. Without one, a retry could not be told from a second command.
create function service.command_id(command jsonb)
returns uuid
language plpgsql
immutable
set search_path = ''
as $$
declare
  v_id uuid;
begin
  begin
    v_id := (command ->> 'id')::uuid;
  exception when invalid_text_representation then
    null;
  end;
  if v_id is null then
    raise exception 'A change needs an id of its own. Reload the page.' using errcode = 'PT400', detail = 'id_missing';
  end if;
  return v_id;
end
$$;

-- A day a command names, or null where it names none.
create function service.command_day(command jsonb, field text)
returns date
language plpgsql
immutable
set search_path = ''
as $$
declare
  v_day text := nullif(command ->> field, '');
begin
  if v_day !~ '^\d{4}-\d{2}-\d{2}$' then
    raise datetime_field_overflow;
  end if;
  return v_day::date;
exception when invalid_datetime_format or datetime_field_overflow then
  raise exception 'That day does not exist. Choose another.' using errcode = 'PT400', detail = 'invalid_day';
end
$$;

-- Whether a command of this id was made before, as remembered: then it is to be answered as then. The same id with other facts is refused.
create function service.is_command_known(remembered jsonb, command jsonb, conflict text)
returns boolean
language plpgsql
immutable
set search_path = ''
as $$
begin
  if remembered is distinct from command and remembered is not null then
    raise exception 'This was already done with other facts. Reload the page and look at what is there now.'
      using errcode = 'PT409', detail = is_command_known.conflict;
  end if;
  return remembered is not null;
end
$$;

-- Holds the subscribers a command is about, in the order of their ids, as everything does that touches their money. Unknown ones are left out.
create function service.hold_subscribers(subscribers uuid[])
returns void
language plpgsql
security definer
set search_path = ''
as $$
begin
  perform from service.subscribers as s
  where s.tenant_id = access.tenant_id() and s.id = any (hold_subscribers.subscribers) order by s.id for no key update;
end
$$;

-- Holds the one subscriber a command is about.
create function service.hold_subscriber(subscriber_id uuid)
returns void
language plpgsql
security definer
set search_path = ''
as $$
begin
  perform from service.subscribers as s
  where s.tenant_id = access.tenant_id() and s.id = hold_subscriber.subscriber_id for no key update;
  if not found then
    raise exception 'That subscriber is not here. Search again.' using errcode = 'PT404', detail = 'subscriber_unknown';
  end if;
end
$$;

call access.stand_before_wall('service.hold_subscribers(uuid[])', null);
call access.stand_before_wall('service.hold_subscriber(uuid)', null);
grant execute on function service.command_id(jsonb), service.command_day(jsonb, text), service.is_command_known(jsonb, jsonb, text)
  to linyada_definer;
