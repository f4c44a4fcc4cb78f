-- The public face of invoices written by hand.

create view api.invoice_drafts with (security_invoker = true) as
  select d.tenant_id, d.id, d.subscriber_id, s.name as subscriber_name, s.account_no, d.lines, d.total_minor, d.due_on, d.revision,
    case when d.invoice_id is not null then 'issued' when d.discarded_at is not null then 'discarded' else 'draft' end as state,
    d.invoice_id, i.number as invoice_number, d.created_at, d.updated_at, c.full_name as created_by_name
  from billing.invoice_drafts as d
  join service.subscribers as s on s.tenant_id = d.tenant_id and s.id = d.subscriber_id
  left join billing.invoices as i on i.tenant_id = d.tenant_id and i.id = d.invoice_id
  left join access.colleagues() as c on c.id = d.created_by;
grant select on api.invoice_drafts to authenticated;

create function api.save_invoice_draft(draft jsonb) returns jsonb language sql set search_path = '' as $$ select billing.save_invoice_draft(draft) $$;
create function api.issue_invoice_draft(draft_id uuid, revision integer) returns jsonb language sql set search_path = ''
  as $$ select billing.issue_invoice_draft(draft_id, revision) $$;
create function api.discard_invoice_draft(draft_id uuid) returns jsonb language sql set search_path = ''
  as $$ select billing.discard_invoice_draft(draft_id) $$;

grant execute on function api.save_invoice_draft(jsonb), api.issue_invoice_draft(uuid, integer), api.discard_invoice_draft(uuid) to authenticated;
