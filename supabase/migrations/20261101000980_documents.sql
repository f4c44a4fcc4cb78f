-- Printed documents: the logo on them, how often each was printed, the numbers they bear, and the papers of a whole run.

-- Logo --------------------------------------------------------------------------------------------

create table tenancy.logos (
  tenant_id    uuid        not null references tenancy.tenants (id),
  id           uuid        not null default clock.uuid7(),
  content_type text        not null check (content_type in ('image/png', 'image/jpeg')),     -- what a PDF can carry
  bytes        bytea       not null check (octet_length(bytes) between 60 and 262144),
  saved_at     timestamptz not null default clock.now(),

  primary key (tenant_id, id),
  unique (tenant_id)
);
comment on table tenancy.logos is 'The picture an ISP prints on its documents. Its address in tenants.logo_path changes with it, and that is what the log keeps.';
call access.wall('tenancy.logos');
grant delete on tenancy.logos to linyada_definer;
grant select on tenancy.logos to authenticated;
create policy logos_read on tenancy.logos for select to authenticated using ((select access.tenant_id()) is not null);

-- Saves the logo: {content_type, base64}; without base64 it is taken away. The first bytes must be those of such a picture.
create function tenancy.save_logo(logo jsonb)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_tenant uuid := access.tenant_id();
  v_type   text := save_logo.logo ->> 'content_type';
  v_bytes  bytea;
  v_path   text;
begin
  perform access.require('settings.manage');
  if save_logo.logo ->> 'base64' is not null then
    begin
      v_bytes := decode(save_logo.logo ->> 'base64', 'base64');
    exception when others then
      v_bytes := null;
    end;
    if v_bytes is null or octet_length(v_bytes) not between 60 and 262144 then
      raise exception 'The logo must be a picture of at most 256 kB.' using errcode = 'PT422', detail = 'logo_size';
    end if;
    if not coalesce(case v_type
      when 'image/png' then substring(v_bytes from 1 for 8) = '\x89504e470d0a1a0a'::bytea
      when 'image/jpeg' then substring(v_bytes from 1 for 3) = '\xffd8ff'::bytea end, false)
    then
      raise exception 'The logo must be a PNG or JPEG picture.' using errcode = 'PT422', detail = 'logo_type';
    end if;
  end if;

  perform 1 from tenancy.tenants as t where t.id = v_tenant for no key update;
  delete from tenancy.logos as l where l.tenant_id = v_tenant;
  if v_bytes is not null then
    insert into tenancy.logos (tenant_id, content_type, bytes) values (v_tenant, v_type, v_bytes);
    v_path := '/logo/' || left(encode(sha256(v_bytes), 'hex'), 16);
  end if;
  update tenancy.tenants as t set logo_path = v_path, updated_at = clock.now() where t.id = v_tenant;
  return jsonb_build_object('logo_path', v_path);
end
$$;

-- Prints ------------------------------------------------------------------------------------------

create table billing.prints (
  tenant_id   uuid        not null references tenancy.tenants (id),
  id          uuid        not null default clock.uuid7(),
  kind        text        not null check (kind in ('invoice', 'receipt', 'credit_note')),
  document_id uuid        not null,
  copy        integer     not null check (copy >= 0),        -- 0 is the first paper; each later one is marked as a reprint
  printed_at  timestamptz not null default clock.now(),
  printed_by  uuid,                                          -- null: the subscriber, from the portal

  primary key (tenant_id, id),
  unique (tenant_id, kind, document_id, copy),
  foreign key (tenant_id, printed_by) references access.members (tenant_id, id)
);
comment on table billing.prints is 'Each paper made of a document, so that no copy passes for the first.';
create index prints_printer_idx on billing.prints (tenant_id, printed_by);
call access.wall('billing.prints');
grant select on billing.prints to authenticated;
create policy prints_read on billing.prints for select to authenticated using ((select access.can('billing.read')));

-- How many papers were made of a document before. Of a receipt from the field the collector gave the first one at the door, whether
-- we have heard of it or not.
create function billing.print_count(kind text, document_id uuid)
returns integer
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  return (
    select greatest(coalesce(max(p.copy) + 1, 0), case when exists (
      select
      from collections.receipts as r
      join collections.payments as y on y.tenant_id = r.tenant_id and y.id = r.payment_id
      where print_count.kind = 'receipt' and r.tenant_id = access.tenant_id() and r.id = print_count.document_id and y.channel = 'field'
    ) then 1 else 0 end)
    from billing.prints as p
    where p.tenant_id = access.tenant_id() and p.kind = print_count.kind and p.document_id = print_count.document_id);
end
$$;

-- Counts one paper and answers how many there were before it.
create function billing.count_print(kind text, document_id uuid)
returns integer
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_tenant uuid := access.tenant_id();
  v_copy   integer;
begin
  perform pg_advisory_xact_lock(hashtextextended('print:' || v_tenant || count_print.document_id, 0));
  v_copy := billing.print_count(count_print.kind, count_print.document_id);
  insert into billing.prints (tenant_id, kind, document_id, copy, printed_by)
  values (v_tenant, count_print.kind, count_print.document_id, v_copy, access.member_id());
  return v_copy;
end
$$;

-- Keeps a paper a phone made, maybe without a signal: it bears the mark it was printed with, or the next free one where the office
-- printed that copy too. The first paper is the phone's alone.
create function billing.keep_print(print_id uuid, payment_id uuid, copy integer, printed_at timestamptz, printed_by uuid)
returns integer
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_tenant   uuid := access.tenant_id();
  v_payment  uuid := collections.goes_on_as(v_tenant, keep_print.payment_id);
  v_document uuid;
  v_copy     integer := keep_print.copy;
begin
  if coalesce(v_copy not between 0 and 999, true) then
    raise exception 'A paper says which copy it is.' using errcode = 'PT422', detail = 'invalid_print';
  end if;
  select coalesce(r.id, p.id) into v_document
  from collections.payments as p
  left join collections.receipts as r on r.tenant_id = p.tenant_id and r.payment_id = p.id
  where p.tenant_id = v_tenant and p.id = v_payment and p.received_by = keep_print.printed_by and p.channel = 'field';
  if not found then
    raise exception 'That receipt is not here.' using errcode = 'PT404', detail = 'receipt_unknown';
  end if;

  perform pg_advisory_xact_lock(hashtextextended('print:' || v_tenant || v_document, 0));
  if exists (select from billing.prints as p
    where p.tenant_id = v_tenant and p.kind = 'receipt' and p.document_id = v_document and p.copy = v_copy) then
    v_copy := billing.print_count('receipt', v_document);
  end if;
  insert into billing.prints (tenant_id, id, kind, document_id, copy, printed_at, printed_by)
  values (v_tenant, keep_print.print_id, 'receipt', v_document, v_copy, keep_print.printed_at, keep_print.printed_by);
  return v_copy;
end
$$;

-- All a document prints, and which paper of it this one is. A receipt is asked for by its payment.
create function billing.print_document(kind text, document_id uuid)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_document jsonb;
begin
  case print_document.kind
    when 'invoice' then v_document := billing.invoice_document(print_document.document_id);
    when 'receipt' then v_document := collections.receipt_document(print_document.document_id);
    when 'credit_note' then v_document := billing.credit_note_document(print_document.document_id);
    else
      raise exception 'There is no such kind of document.' using errcode = 'PT400', detail = 'invalid_kind';
  end case;
  return v_document || jsonb_build_object('reprint', billing.count_print(print_document.kind, coalesce((
    -- The paper of a payment posted to another subscriber goes along with it.
    select r.id from collections.receipts as r
    where print_document.kind = 'receipt' and r.tenant_id = access.tenant_id() and r.payment_id = print_document.document_id
  ), print_document.document_id)));
end
$$;

-- Series ------------------------------------------------------------------------------------------

-- Printed numbers of a kind never look alike, whatever branch they come from.
create unique index document_series_prefix_idx on tenancy.document_series (tenant_id, kind, prefix);

create table tenancy.series_changes (
  tenant_id   uuid        not null,
  id          uuid        not null default clock.uuid7(),
  series_id   uuid        not null,
  prefix      text        not null,
  next_number bigint      not null,
  changed_at  timestamptz not null default clock.now(),
  changed_by  uuid        not null,

  primary key (tenant_id, id),
  foreign key (tenant_id, series_id) references tenancy.document_series (tenant_id, id),
  foreign key (tenant_id, changed_by) references access.members (tenant_id, id)
);
comment on table tenancy.series_changes is 'How a series was set, by whom. The counter itself moves with every document and is not logged.';
create index series_changes_series_idx on tenancy.series_changes (tenant_id, series_id);
create index series_changes_changer_idx on tenancy.series_changes (tenant_id, changed_by);
call access.wall('tenancy.series_changes');
grant select on tenancy.series_changes to authenticated;
create policy series_changes_read on tenancy.series_changes for select to authenticated using ((select access.can('settings.manage')));

-- Whether a number of the series was ever given, as far as anybody remembers.
create function tenancy.is_series_used(series tenancy.document_series)
returns boolean
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  return exists (select from tenancy.lost_numbers as l where l.tenant_id = series.tenant_id and l.series_id = series.id and l.last_serial >= l.first_serial)
    or case series.kind
    when 'invoice' then exists (select from billing.invoices as i
      where i.tenant_id = series.tenant_id and i.branch = series.branch and i.serial is not null)
    when 'credit_note' then exists (select from billing.credit_notes as n where n.tenant_id = series.tenant_id and n.branch = series.branch)
    else exists (select from collections.receipts as r where r.tenant_id = series.tenant_id)
      or exists (select from collections.receipt_blocks as b where b.tenant_id = series.tenant_id) end;
end
$$;

-- Sets a series of a branch, or opens it: {id, kind, branch, prefix, next_number}. The next number is free to choose only
-- until the first document bears one.
create function tenancy.save_series(series jsonb)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_tenant uuid := access.tenant_id();
  v_new    tenancy.document_series;
  v_old    tenancy.document_series;
  v_is_new boolean;
begin
  perform access.require('settings.manage');
  v_new := jsonb_populate_record(null::tenancy.document_series,
    jsonb_build_object('branch', '00000', 'prefix', '', 'next_number', 1) || jsonb_strip_nulls(save_series.series) || jsonb_build_object('tenant_id', v_tenant));
  if v_new.id is null or coalesce(v_new.kind not in ('invoice', 'credit_note', 'receipt'), true) then
    raise exception 'Choose which documents these numbers are for.' using errcode = 'PT422', detail = 'invalid_series';
  end if;
  if not exists (select from tenancy.branches as b
    where b.tenant_id = v_tenant and b.code = v_new.branch) then
    raise exception 'That branch is not in your list. Add it first.' using errcode = 'PT404', detail = 'branch_unknown';
  end if;
  if v_new.prefix !~ '^[A-Z0-9-]{0,12}$' then
    raise exception 'A prefix has at most 12 capital letters, digits or dashes.' using errcode = 'PT422', detail = 'invalid_prefix';
  end if;
  if v_new.next_number not between 1 and 999999999 then
    raise exception 'The next number lies between 1 and 999,999,999.' using errcode = 'PT422', detail = 'invalid_number';
  end if;
  if v_new.kind = 'receipt' and v_new.branch <> '00000' then
    raise exception 'Receipts have one series for all branches.' using errcode = 'PT422', detail = 'receipts_one_series';
  end if;

  select s.* into v_old from tenancy.document_series as s
  where s.tenant_id = v_tenant and s.kind = v_new.kind and s.branch = v_new.branch for update;
  v_is_new := not found;
  if exists (select from tenancy.document_series as s where s.tenant_id = v_tenant and s.kind = v_new.kind and s.prefix = v_new.prefix
    and s.branch <> v_new.branch)
    -- … or once used it: those numbers stand on papers for ever.
    or v_new.kind = 'invoice' and exists (select from billing.invoices as i
      where i.tenant_id = v_tenant and i.branch <> v_new.branch and i.number ~ ('^' || v_new.prefix || '\d+$'))
    or v_new.kind = 'credit_note' and exists (select from billing.credit_notes as n
      where n.tenant_id = v_tenant and n.branch <> v_new.branch and n.number ~ ('^' || v_new.prefix || '\d+$'))
  then
    raise exception 'Another branch has that prefix on its documents, so two could bear one number. Choose another.' using errcode = 'PT409', detail = 'prefix_taken';
  end if;

  if v_is_new then
    insert into tenancy.document_series (tenant_id, id, kind, branch, prefix, next_number)
    values (v_tenant, v_new.id, v_new.kind, v_new.branch, v_new.prefix, v_new.next_number);
  else
    v_new.id := v_old.id;
    if not save_series.series ? 'next_number' then
      v_new.next_number := v_old.next_number;
    end if;
    if v_new.next_number <> v_old.next_number and tenancy.is_series_used(v_old) then
      raise exception 'Numbers of this series are given already, so the next one is %. Only the prefix can change.', v_old.next_number
        using errcode = 'PT409', detail = 'series_used';
    end if;
    if (v_new.prefix, v_new.next_number) is not distinct from (v_old.prefix, v_old.next_number) then
      return jsonb_build_object('id', v_old.id);
    end if;
    update tenancy.document_series as s set prefix = v_new.prefix, next_number = v_new.next_number
    where s.tenant_id = v_tenant and s.id = v_old.id;
  end if;
  insert into tenancy.series_changes (tenant_id, series_id, prefix, next_number, changed_by)
  values (v_tenant, v_new.id, v_new.prefix, v_new.next_number, access.member_id());
  return jsonb_build_object('id', v_new.id);
end
$$;

-- Papers of a run ---------------------------------------------------------------------------------

-- Made part by part by any process of the app: a part is leased, drawn, and kept. A process that dies loses one lease.

create table billing.batches (
  tenant_id     uuid        not null references tenancy.tenants (id),
  id            uuid        not null,                       -- made by whoever asks
  run_id        uuid        not null,
  invoice_count integer     not null check (invoice_count > 0),
  part_count    integer     not null check (part_count > 0),
  created_at    timestamptz not null default clock.now(),
  created_by    uuid,

  primary key (tenant_id, id),
  unique (tenant_id, run_id),
  foreign key (tenant_id, run_id) references billing.runs (tenant_id, id),
  foreign key (tenant_id, created_by) references access.members (tenant_id, id)
);
comment on table billing.batches is 'The papers of all invoices of a run.';
create index batches_creator_idx on billing.batches (tenant_id, created_by);

create table billing.batch_parts (
  tenant_id    uuid        not null,
  id           uuid        not null default clock.uuid7(),
  batch_id     uuid        not null,
  part         integer     not null check (part > 0),
  invoice_ids  uuid[]      not null check (cardinality(invoice_ids) between 1 and 25),
  leased_until timestamptz,
  attempts     smallint    not null default 0,
  last_error   text        check (length(last_error) <= 300),
  done_at      timestamptz,
  pdf          bytea,

  primary key (tenant_id, id),
  unique (tenant_id, batch_id, part),
  foreign key (tenant_id, batch_id) references billing.batches (tenant_id, id) on delete cascade,
  check ((done_at is null) = (pdf is null))
);
comment on table billing.batch_parts is 'Up to 25 invoices of a batch, one PDF when done.';

call access.wall('billing.batches');
call access.wall('billing.batch_parts');
grant update (leased_until, attempts, last_error, done_at, pdf) on billing.batch_parts to linyada_definer;
grant delete on billing.batches to linyada_definer;
grant select on billing.batches to authenticated;
grant select on billing.batch_parts to authenticated;
create policy batches_read on billing.batches for select to authenticated using ((select access.can('billing.read')));
create policy batch_parts_read on billing.batch_parts for select to authenticated using ((select access.can('billing.read')));

-- Begins the papers of a run: {id, run_id}. Papers made before are made anew; those older than a month go.
create function billing.start_batch(batch jsonb)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_tenant uuid := access.tenant_id();
  v_id     uuid;
  v_run    uuid;
  v_count  integer;
begin
  perform access.require('billing.read');
  begin
    v_id := (start_batch.batch ->> 'id')::uuid;
    v_run := (start_batch.batch ->> 'run_id')::uuid;
  exception when others then
    v_id := null;
  end;
  perform 1 from billing.runs as r where r.tenant_id = v_tenant and r.id = v_run for no key update;
  if not found or v_id is null then
    raise exception 'That billing run is not here. Reload the page.' using errcode = 'PT404', detail = 'run_unknown';
  end if;
  if exists (select from billing.batches as b where b.tenant_id = v_tenant and b.id = v_id and b.run_id = v_run) then
    return jsonb_build_object('batch_id', v_id);
  end if;
  if exists (select from billing.batches as b where b.tenant_id = v_tenant and b.id = v_id) then
    raise exception 'These papers were asked for before, for another run. Start anew.' using errcode = 'PT409', detail = 'batch_conflict';
  end if;

  delete from billing.batches as b
  where b.tenant_id = v_tenant and (b.run_id = v_run or b.created_at < clock.now() - interval '30 days');

  select count(*) into v_count from billing.invoices as i
  where i.tenant_id = v_tenant and i.run_id = v_run and i.state <> 'void';
  if v_count = 0 then
    raise exception 'This run made no invoice, so there is nothing to print.' using errcode = 'PT409', detail = 'nothing_to_print';
  end if;
  insert into billing.batches (tenant_id, id, run_id, invoice_count, part_count, created_by)
  values (v_tenant, v_id, v_run, v_count, (v_count + 24) / 25, access.member_id());
  insert into billing.batch_parts (tenant_id, batch_id, part, invoice_ids)
  select v_tenant, v_id, n.part, array_agg(n.id order by n.serial)
  from (
    select i.id, i.serial, ((row_number() over (order by i.serial) - 1) / 25 + 1)::integer as part
    from billing.invoices as i
    where i.tenant_id = v_tenant and i.run_id = v_run and i.state <> 'void'
  ) as n
  group by n.part;
  return jsonb_build_object('batch_id', v_id);
end
$$;

-- Leases the next part nobody draws and answers its invoices; null when there is none.
create function billing.take_part(batch_id uuid)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_tenant uuid := access.tenant_id();
  v_part   billing.batch_parts;
begin
  perform access.require('billing.read');
  select p.* into v_part from billing.batch_parts as p
  where p.tenant_id = v_tenant and p.batch_id = take_part.batch_id and p.done_at is null and p.attempts < 3
    and (p.leased_until is null or p.leased_until < clock.now())
  order by p.part limit 1
  for update skip locked;
  if not found then
    return null;
  end if;
  update billing.batch_parts as p set leased_until = clock.now() + interval '2 minutes', attempts = p.attempts + 1
  where p.tenant_id = v_tenant and p.id = v_part.id;
  return jsonb_build_object('part', v_part.part, 'invoices', (
    select jsonb_agg(billing.invoice_document(i.id) || jsonb_build_object('reprint', billing.print_count('invoice', i.id)) order by i.position)
    from unnest(v_part.invoice_ids) with ordinality as i(id, position)));
end
$$;

-- Keeps a drawn part and counts its papers, once; or, without a PDF, says why it could not be drawn and gives it back.
create function billing.keep_part(batch_id uuid, part integer, pdf text, error text)
returns void
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_tenant uuid := access.tenant_id();
  v_part   billing.batch_parts;
begin
  perform access.require('billing.read');
  select p.* into v_part from billing.batch_parts as p
  where p.tenant_id = v_tenant and p.batch_id = keep_part.batch_id and p.part = keep_part.part for update;
  if not found or v_part.done_at is not null then
    return;      -- begun anew meanwhile, or drawn by two: the first one counts
  end if;
  if keep_part.pdf is null then
    update billing.batch_parts as p set leased_until = null, last_error = left(keep_part.error, 300)
    where p.tenant_id = v_tenant and p.id = v_part.id;
    return;
  end if;
  update billing.batch_parts as p set pdf = decode(keep_part.pdf, 'base64'), done_at = clock.now(), leased_until = null, last_error = null
  where p.tenant_id = v_tenant and p.id = v_part.id;
  perform billing.count_print('invoice', i.id) from unnest(v_part.invoice_ids) as i(id) order by i.id;
end
$$;

create function billing.part_pdf(batch_id uuid, part integer)
returns text
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  perform access.require('billing.read');
  return (select encode(p.pdf, 'base64') from billing.batch_parts as p
    where p.tenant_id = access.tenant_id() and p.batch_id = part_pdf.batch_id and p.part = part_pdf.part);
end
$$;

-- Lets parts that failed be tried again.
create function billing.retry_batch(batch_id uuid)
returns void
language plpgsql
security definer
set search_path = ''
as $$
begin
  perform access.require('billing.read');
  update billing.batch_parts as p set attempts = 0, leased_until = null
  where p.tenant_id = access.tenant_id() and p.batch_id = retry_batch.batch_id and p.done_at is null;
end
$$;

do $$
declare
  v_function text;
begin
  foreach v_function in array array['tenancy.save_logo(jsonb)', 'billing.print_document(text, uuid)', 'tenancy.save_series(jsonb)',
    'billing.start_batch(jsonb)', 'billing.take_part(uuid)', 'billing.keep_part(uuid, integer, text, text)', 'billing.part_pdf(uuid, integer)',
    'billing.retry_batch(uuid)']
  loop
    call access.stand_before_wall(v_function::regprocedure);
  end loop;
  foreach v_function in array array['billing.print_count(text, uuid)', 'billing.count_print(text, uuid)',
    'billing.keep_print(uuid, uuid, integer, timestamptz, uuid)',
    'tenancy.is_series_used(tenancy.document_series)']
  loop
    call access.stand_before_wall(v_function::regprocedure, null);
  end loop;
end
$$;
