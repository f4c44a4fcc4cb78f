-- Numbers lost in a restore: the backup does not know which invoices and credit notes were issued after it, but their papers are in people's
-- hands. No further one is issued until the office has said up to which number they were; what lies between is explained, and given to nobody.

create table tenancy.lost_numbers (
  tenant_id    uuid        not null references tenancy.tenants (id),
  id           uuid        not null default clock.uuid7(),
  series_id    uuid        not null,
  first_serial bigint      not null check (first_serial > 0),     -- the next number, as the backup had it
  last_serial  bigint      check (last_serial >= first_serial - 1),   -- the last one given; before the first: none was
  restored_at  timestamptz not null default clock.now(),
  said_at      timestamptz,
  said_by      uuid,
  note         text        check (length(note) between 3 and 300),

  primary key (tenant_id, id),
  foreign key (tenant_id, series_id) references tenancy.document_series (tenant_id, id),
  foreign key (tenant_id, said_by) references access.members (tenant_id, id),
  check (num_nulls(last_serial, said_at, said_by, note) in (0, 4)),
  exclude using gist (tenant_id with =, series_id with =, int8range(first_serial, last_serial, '[]') with &&) where (last_serial >= first_serial)
);
comment on table tenancy.lost_numbers is 'Numbers of invoices or credit notes that were given in days a restore lost; or the question up to which they were.';
create index lost_numbers_series_idx on tenancy.lost_numbers (tenant_id, series_id);
create index lost_numbers_sayer_idx on tenancy.lost_numbers (tenant_id, said_by);
create unique index lost_numbers_waiting_idx on tenancy.lost_numbers (tenant_id, series_id) where said_at is null;

call access.wall('tenancy.lost_numbers');
grant update (last_serial, said_at, said_by, note) on tenancy.lost_numbers to linyada_definer;
grant select on tenancy.lost_numbers to authenticated;
create policy lost_numbers_read on tenancy.lost_numbers for select to authenticated
  using ((select access.can('settings.manage')) or (select access.can('billing.read')));

-- Refuses where nobody has said yet which numbers of the series a restore lost. Not in the way of a rule about what was done, so a phone that
-- brings a sale tries again later, and nothing of it is parked.
create function tenancy.require_said(kind text, branch text default null)
returns void
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  if exists (
    select from tenancy.lost_numbers as l
    join tenancy.document_series as s on s.tenant_id = l.tenant_id and s.id = l.series_id
    where l.tenant_id = access.tenant_id() and l.said_at is null and s.kind = require_said.kind
      and (require_said.branch is null or s.branch = require_said.branch))
  then
    raise exception 'The database came back from a backup. Say first, under Settings, Tax and documents, up to which number % were given before it.',
      case require_said.kind when 'invoice' then 'invoices' else 'credit notes' end using errcode = 'PT409', detail = 'numbers_unsaid';
  end if;
end
$$;

-- Says up to which number papers of a series were given before the restore: last_number, or the one before the first for none. The series
-- goes on behind it. The same again answers the same; another number is refused.
create function tenancy.say_lost_numbers(lost_id uuid, last_number bigint, note text)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_tenant uuid := access.tenant_id();
  v_lost   tenancy.lost_numbers;
  v_series tenancy.document_series;
begin
  perform access.require('settings.manage');
  select l.* into v_lost from tenancy.lost_numbers as l where l.tenant_id = v_tenant and l.id = say_lost_numbers.lost_id for update;
  if not found then
    raise exception 'Nothing is asked about these numbers. Reload the page.' using errcode = 'PT404', detail = 'lost_unknown';
  end if;
  if v_lost.said_at is not null then
    if (v_lost.last_serial, v_lost.note) is distinct from (say_lost_numbers.last_number, btrim(say_lost_numbers.note)) then
      raise exception 'Somebody said this already. Reload the page.' using errcode = 'PT409', detail = 'already_said';
    end if;
    return jsonb_build_object('lost_id', v_lost.id, 'lost', v_lost.last_serial - v_lost.first_serial + 1);
  end if;
  if coalesce(length(btrim(say_lost_numbers.note)), 0) not between 3 and 300 then
    raise exception 'Say how you know, in 3 to 300 letters.' using errcode = 'PT422', detail = 'reason_missing';
  end if;
  if say_lost_numbers.last_number is null or say_lost_numbers.last_number < v_lost.first_serial - 1 then
    raise exception 'The books know of numbers up to % already. Give that one where no later paper was given, or a higher one.', v_lost.first_serial - 1
      using errcode = 'PT422', detail = 'number_too_low';
  end if;
  if say_lost_numbers.last_number >= v_lost.first_serial + 100000 then
    raise exception 'That is more than 100,000 numbers after the last in the books. Check the number.' using errcode = 'PT422', detail = 'number_too_high';
  end if;

  select s.* into strict v_series from tenancy.document_series as s where s.tenant_id = v_tenant and s.id = v_lost.series_id for no key update;
  update tenancy.document_series as s set next_number = greatest(s.next_number, say_lost_numbers.last_number + 1)
  where s.tenant_id = v_tenant and s.id = v_series.id;
  update tenancy.lost_numbers as l
  set last_serial = say_lost_numbers.last_number, said_at = clock.now(), said_by = access.member_id(), note = btrim(say_lost_numbers.note)
  where l.tenant_id = v_tenant and l.id = v_lost.id;
  return jsonb_build_object('lost_id', v_lost.id, 'lost', say_lost_numbers.last_number - v_lost.first_serial + 1);
end
$$;

call access.stand_before_wall('tenancy.require_said(text, text)', null);
call access.stand_before_wall('tenancy.say_lost_numbers(uuid, bigint, text)');

create view api.lost_numbers with (security_invoker = true) as
  select l.tenant_id, l.id, l.series_id, s.kind, s.branch, s.prefix, l.first_serial, l.last_serial,
    l.restored_at, l.said_at, m.full_name as said_by_name, l.note
  from tenancy.lost_numbers as l
  join tenancy.document_series as s on s.tenant_id = l.tenant_id and s.id = l.series_id
  left join access.members as m on m.tenant_id = l.tenant_id and m.id = l.said_by;
grant select on api.lost_numbers to authenticated;

create function api.say_lost_numbers(lost_id uuid, last_number bigint, note text) returns jsonb language sql set search_path = ''
  as $$ select tenancy.say_lost_numbers(lost_id, last_number, note) $$;
grant execute on function api.say_lost_numbers(uuid, bigint, text) to authenticated;
