-- Audit: every change by anyone, before and after, who, when, from where. Appended to by triggers, never edited.

create table audit.entries (
  tenant_id   uuid        not null,                        -- no key to tenants: the log outlives what it speaks of
  id          uuid        not null default clock.uuid7(),
  recorded_at timestamptz not null default clock.now(),
  actor       text        not null check (actor in ('member', 'subscriber', 'system')),
  actor_id    uuid,
  table_name  text        not null,
  row_id      uuid        not null,
  operation   text        not null check (operation in ('insert', 'update', 'delete')),
  before      jsonb,                                       -- changed columns only
  after       jsonb,
  request_id  text,
  source      text        not null,                        -- 'office', 'phone', 'portal', 'schedule', …
  address     text,

  primary key (tenant_id, recorded_at, id)
) partition by range (recorded_at);
comment on table audit.entries is 'Who changed what, when and from where. Partitioned by month; secrets never enter it.';
create index entries_row_idx on audit.entries (tenant_id, row_id, recorded_at desc);
create index entries_table_idx on audit.entries (tenant_id, table_name, recorded_at desc);
create index entries_actor_idx on audit.entries (tenant_id, actor_id, recorded_at desc);

-- Makes the month's partition and the next ones. A partition is a table of its own, so it gets its own wall and no grant.
create function audit.ensure_partitions(months integer default 3)
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_month date;
  v_name  text;
begin
  for k in -1 .. months loop
    v_month := (date_trunc('month', clock.now()) + make_interval(months => k))::date;
    v_name := 'entries_' || to_char(v_month, 'YYYY_MM');
    if to_regclass('audit.' || v_name) is null then
      execute format('create table audit.%I partition of audit.entries for values from (%L) to (%L)',
        v_name, v_month, (v_month + interval '1 month')::date);
      execute format('alter table audit.%I enable row level security', v_name);
      execute format('alter table audit.%I force row level security', v_name);
    end if;
  end loop;
end
$$;
create table audit.entries_rest partition of audit.entries default;
alter table audit.entries_rest enable row level security;
alter table audit.entries_rest force row level security;
select audit.ensure_partitions();

call access.wall('audit.entries');
revoke insert on audit.entries from linyada_definer;       -- only the trigger below writes here
grant select on audit.entries to authenticated;
create policy entries_read on audit.entries for select to authenticated using ((select access.can('audit.read')));

create function audit.append_only()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
  raise exception 'Rows of % are facts: they are added, never changed or removed.', tg_relid::regclass
    using errcode = 'PT409', detail = 'append_only';
end
$$;
create trigger append_only before update or delete on audit.entries for each row execute function audit.append_only();
create trigger no_truncate before truncate on audit.entries for each statement execute function audit.append_only();

-- Writes one entry for each changed row of a statement. Needs transition tables named old_rows and new_rows.
-- Owned by the migrating role: the log must be written whoever acts, and nobody else may write it.
create function audit.record()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_headers jsonb;
  v_claims  jsonb;
  v_actor   text := 'system';
  v_id      uuid;
  v_source  text;
  v_request text;
  v_address text;
  v_table   text := tg_table_schema || '.' || tg_table_name;
begin
  -- Most updates of a rule change nothing, and fire all the same.
  if tg_op = 'UPDATE' then
    if not exists (select from new_rows) then
      return null;
    end if;
  end if;

  v_headers := nullif(current_setting('request.headers', true), '')::jsonb;
  if coalesce(current_setting('linyada.system_tenant', true), '') = '' then
    v_claims := nullif(current_setting('request.jwt.claims', true), '')::jsonb;
    if v_claims ->> 'actor' <> 'system' then
      v_actor := v_claims ->> 'actor';
      v_id := (v_claims ->> 'actor_id')::uuid;
    end if;
  end if;
  v_source := coalesce(nullif(current_setting('linyada.source', true), ''), v_headers ->> 'x-linyada-source',
    case v_actor when 'system' then 'schedule' else 'api' end);
  v_request := v_headers ->> 'x-request-id';
  v_address := v_headers ->> 'x-linyada-address';

  if tg_op = 'INSERT' then
    insert into audit.entries (tenant_id, actor, actor_id, table_name, row_id, operation, after, request_id, source, address)
    select n.tenant_id, v_actor, v_id, v_table, n.id, 'insert', jsonb_strip_nulls(to_jsonb(n)) - '{tenant_id,sync_xid,search_text,request_hash,token_hash}'::text[],
      v_request, v_source, v_address
    from new_rows as n;
  elsif tg_op = 'DELETE' then
    insert into audit.entries (tenant_id, actor, actor_id, table_name, row_id, operation, before, request_id, source, address)
    select o.tenant_id, v_actor, v_id, v_table, o.id, 'delete', jsonb_strip_nulls(to_jsonb(o)) - '{tenant_id,sync_xid,search_text,request_hash,token_hash}'::text[],
      v_request, v_source, v_address
    from old_rows as o;
  else
    insert into audit.entries (tenant_id, actor, actor_id, table_name, row_id, operation, before, after, request_id, source, address)
    select n.tenant_id, v_actor, v_id, v_table, n.id, 'update', d.before, d.after, v_request, v_source, v_address
    from old_rows as o
    join new_rows as n on n.tenant_id = o.tenant_id and n.id = o.id
    cross join lateral (select to_jsonb(o) as before, to_jsonb(n) as after offset 0) as r
    cross join lateral (
      select jsonb_object_agg(a.key, r.before -> a.key) as before, jsonb_object_agg(a.key, a.value) as after
      from jsonb_each(r.after) as a
      where a.value is distinct from r.before -> a.key
        and a.key not in ('sync_xid', 'search_text', 'updated_at', 'repair_from', 'request_hash', 'token_hash')
    ) as d
    where d.after is not null;
  end if;
  return null;
end
$$;

-- Puts a table under audit. Facts that are their own record (invoice lines, ledger entries, allocations) need none.
create procedure audit.watch(watched regclass)
language plpgsql
set search_path = ''
as $$
begin
  execute format('create trigger audit_insert after insert on %s referencing new table as new_rows
    for each statement execute function audit.record()', watched);
  execute format('create trigger audit_update after update on %s referencing old table as old_rows new table as new_rows
    for each statement execute function audit.record()', watched);
  execute format('create trigger audit_delete after delete on %s referencing old table as old_rows
    for each statement execute function audit.record()', watched);
end
$$;

do $$
declare
  v_table text;
begin
  foreach v_table in array array[
    'tenancy.tenants', 'tenancy.billing_settings', 'tenancy.tax_regimes', 'tenancy.branches', 'tenancy.series_changes', 'tenancy.lost_numbers',
    'access.roles', 'access.members', 'access.invitations', 'access.subscriber_logins',
    'places.barangays', 'places.routes', 'places.route_stops', 'catalog.plans', 'catalog.plan_prices',
    'service.subscribers', 'service.subscriptions', 'service.subscription_terms', 'service.holds', 'service.pauses', 'service.changes',
    'ledger.periods', 'ledger.reopen_requests', 'billing.runs', 'billing.invoice_drafts', 'billing.charges', 'billing.deposits', 'catalog.plan_discounts', 'billing.credit_notes',
    'collections.devices', 'collections.receipt_blocks', 'collections.remittances', 'collections.payments', 'collections.void_requests',
    'collections.promises', 'billing.late_fees', 'collections.visits', 'collections.claims', 'sync.commands', 'sync.alarms', 'sync.rescues']
  loop
    call audit.watch(v_table::regclass);
  end loop;
end
$$;

-- An invoice is its own record when it is issued; what is watched is what happens to it afterwards.
create trigger audit_update after update on billing.invoices referencing old table as old_rows new table as new_rows
  for each statement execute function audit.record();
-- So is a role's list of permissions: it has no id of its own, and is written by one function that notes the change on the role.
