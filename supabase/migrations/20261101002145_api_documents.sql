-- The public face of printed documents.

create view api.logos with (security_invoker = true) as
  select l.tenant_id, l.id, l.content_type, encode(l.bytes, 'base64') as base64, l.saved_at from tenancy.logos as l;

create view api.prints with (security_invoker = true) as
  select p.tenant_id, p.id, p.kind, p.document_id, p.copy, p.printed_at, p.printed_by, c.full_name as printed_by_name
  from billing.prints as p
  left join access.colleagues() as c on c.id = p.printed_by;

create view api.batches with (security_invoker = true) as
  select b.tenant_id, b.id, b.run_id, b.invoice_count, b.part_count, b.created_at,
    coalesce(p.done_count, 0) as done_count, p.last_error,
    case when p.done_count = b.part_count then 'done' when p.stuck_count > 0 and p.stuck_count + p.done_count = b.part_count then 'failed'
      else 'running' end as state
  from billing.batches as b
  left join lateral (
    select count(*) filter (where p.done_at is not null) as done_count,
      count(*) filter (where p.done_at is null and p.attempts >= 3 and (p.leased_until is null or p.leased_until < clock.now())) as stuck_count,
      max(p.last_error) as last_error
    from billing.batch_parts as p
    where p.tenant_id = b.tenant_id and p.batch_id = b.id
  ) as p on true;

create function api.save_logo(logo jsonb) returns jsonb language sql set search_path = '' as $$ select tenancy.save_logo(logo) $$;
create function api.print_document(kind text, document_id uuid) returns jsonb language sql set search_path = ''
  as $$ select billing.print_document(kind, document_id) $$;
create function api.save_series(series jsonb) returns jsonb language sql set search_path = '' as $$ select tenancy.save_series(series) $$;
create function api.start_batch(batch jsonb) returns jsonb language sql set search_path = '' as $$ select billing.start_batch(batch) $$;
create function api.take_part(batch_id uuid) returns jsonb language sql set search_path = '' as $$ select billing.take_part(batch_id) $$;
create function api.keep_part(batch_id uuid, part integer, pdf text default null, error text default null) returns void
language sql set search_path = ''
  as $$ select billing.keep_part(batch_id, part, pdf, error) $$;
create function api.part_pdf(batch_id uuid, part integer) returns text language sql stable set search_path = ''
  as $$ select billing.part_pdf(batch_id, part) $$;
create function api.retry_batch(batch_id uuid) returns void language sql set search_path = '' as $$ select billing.retry_batch(batch_id) $$;

grant select on api.logos, api.prints, api.batches to authenticated;
grant execute on function api.save_logo(jsonb), api.print_document(text, uuid), api.save_series(jsonb), api.start_batch(jsonb), api.take_part(uuid),
  api.keep_part(uuid, integer, text, text), api.part_pdf(uuid, integer), api.retry_batch(uuid) to authenticated;
