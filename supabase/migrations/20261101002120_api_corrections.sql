-- The public face of corrections: what waits for a second person, the documents that put things right, and the intentions.

-- What a request is about, as far as who decides must know it: whose, which papers, how much. Whoever may approve is told so much, also without
-- the right to look at subscribers, invoices or payments; the wall and the request itself decide which requests they see.
create function billing.approval_facts(subscriber_id uuid, to_subscriber_id uuid, invoice_id uuid, payment_id uuid)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  v_tenant     uuid := access.tenant_id();
  v_payment    collections.payments;
  v_subscriber uuid := approval_facts.subscriber_id;
begin
  if not (access.can('corrections.approve') or access.can('payments.approve_void') or access.can('billing.read') or access.can('payments.read')) then
    return '{}';
  end if;
  select p.* into v_payment from collections.payments as p where p.tenant_id = v_tenant and p.id = approval_facts.payment_id;
  v_subscriber := coalesce(v_subscriber, v_payment.subscriber_id);
  return jsonb_build_object(
    'subscriber_id', v_subscriber,
    'subscriber_name', (select s.name from service.subscribers as s where s.tenant_id = v_tenant and s.id = v_subscriber),
    'account_no', (select s.account_no from service.subscribers as s where s.tenant_id = v_tenant and s.id = v_subscriber),
    'to_subscriber_name', (select s.name from service.subscribers as s where s.tenant_id = v_tenant and s.id = approval_facts.to_subscriber_id),
    'invoice_number', (select i.number from billing.invoices as i where i.tenant_id = v_tenant and i.id = approval_facts.invoice_id),
    'receipt_number', (select r.number from collections.receipts as r where r.tenant_id = v_tenant and r.payment_id = v_payment.id),
    'amount_minor', v_payment.amount_minor);
end
$$;
call access.stand_before_wall('billing.approval_facts(uuid, uuid, uuid, uuid)');

-- Everything that one person asked and another decides, in one list. A payment's void always needs two. `method` and `reference` say by which
-- way money goes back.
create view api.approvals with (security_invoker = true) as
  select c.tenant_id, c.id, c.kind, c.subscriber_id, f.facts ->> 'subscriber_name' as subscriber_name, f.facts ->> 'account_no' as account_no,
    c.invoice_id, f.facts ->> 'invoice_number' as invoice_number, c.payment_id, f.facts ->> 'receipt_number' as receipt_number,
    c.amount_minor, c.reason, c.state, c.asked_by, a.full_name as asked_by_name, c.asked_at,
    c.decided_by, d.full_name as decided_by_name, c.decided_at, c.decision_note, c.result, f.facts ->> 'to_subscriber_name' as to_subscriber_name,
    case when c.kind in ('refund', 'deposit_return') then c.request ->> 'method' end as method,
    case when c.kind in ('refund', 'deposit_return') then nullif(btrim(c.request ->> 'reference'), '') end as reference
  from billing.corrections as c
  cross join lateral (
    select billing.approval_facts(c.subscriber_id, case when c.kind = 'transfer' then (c.request ->> 'subscriber_id')::uuid end,
      c.invoice_id, c.payment_id) as facts
    offset 0                                       -- asked once a row
  ) as f
  left join access.colleagues() as a on a.id = c.asked_by
  left join access.colleagues() as d on d.id = c.decided_by
  union all
  select v.tenant_id, v.id, 'payment_void', (f.facts ->> 'subscriber_id')::uuid, f.facts ->> 'subscriber_name', f.facts ->> 'account_no', null, null,
    v.payment_id, f.facts ->> 'receipt_number', (f.facts ->> 'amount_minor')::bigint, v.reason,
    case v.state when 'open' then 'waiting' when 'approved' then 'done' else v.state end,
    v.requested_by, a.full_name, v.requested_at, v.decided_by, d.full_name, v.decided_at, v.decision_note, null::jsonb, null, null, null
  from collections.void_requests as v
  cross join lateral (select billing.approval_facts(null, null, null, v.payment_id) as facts offset 0) as f
  left join access.colleagues() as a on a.id = v.requested_by
  left join access.colleagues() as d on d.id = v.decided_by;

create view api.credit_note_lines with (security_invoker = true) as
  select c.tenant_id, c.id, c.credit_note_id, n.invoice_id, c.invoice_line_id, l.line, l.description, l.vat_class, c.total_minor
  from billing.credit_note_lines as c
  join billing.credit_notes as n on n.tenant_id = c.tenant_id and n.id = c.credit_note_id
  join billing.invoice_lines as l on l.tenant_id = c.tenant_id and l.id = c.invoice_line_id;

create view api.write_offs with (security_invoker = true) as
  select w.tenant_id, w.id, w.invoice_id, i.number as invoice_number, w.subscriber_id, s.name as subscriber_name, s.account_no, w.amount_minor,
    (select coalesce(sum(r.amount_minor), 0)::bigint from collections.recoveries as r
      where r.tenant_id = w.tenant_id and r.write_off_id = w.id) as recovered_minor,
    w.reason, w.created_at, c.full_name as created_by_name
  from billing.write_offs as w
  join billing.invoices as i on i.tenant_id = w.tenant_id and i.id = w.invoice_id
  left join service.subscribers as s on s.tenant_id = w.tenant_id and s.id = w.subscriber_id
  left join access.colleagues() as c on c.id = w.created_by;

create view api.refunds with (security_invoker = true) as
  select f.tenant_id, f.id, f.subscriber_id, s.name as subscriber_name, s.account_no, f.payment_id, f.method, f.reference, f.amount_minor, f.reason,
    f.refunded_at, c.full_name as refunded_by_name
  from collections.refunds as f
  left join service.subscribers as s on s.tenant_id = f.tenant_id and s.id = f.subscriber_id
  left join access.colleagues() as c on c.id = f.refunded_by;

create view api.certificates with (security_invoker = true) as
  select k.tenant_id, k.id, k.payment_id, k.state, k.received_on, c.full_name as received_by_name, p.subscriber_id, s.name as subscriber_name,
    s.account_no, s.tin, p.amount_minor, p.received_at as promised_at,
    (select r.number from collections.receipts as r where r.tenant_id = p.tenant_id and r.payment_id = p.id) as receipt_number
  from collections.certificates as k
  join collections.payments as p on p.tenant_id = k.tenant_id and p.id = k.payment_id
  left join service.subscribers as s on s.tenant_id = p.tenant_id and s.id = p.subscriber_id
  left join access.colleagues() as c on c.id = k.received_by;

grant select on api.approvals, api.credit_note_lines, api.write_offs, api.refunds, api.certificates to authenticated;

-- All a credit note prints. Seller and buyer are as they stood on its invoice; brand is today's.
create function billing.credit_note_document(credit_note_id uuid)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  v_tenant  uuid := access.tenant_id();
  v_note    billing.credit_notes;
  v_invoice billing.invoices;
begin
  select n.* into v_note from billing.credit_notes as n where n.tenant_id = v_tenant and n.id = credit_note_document.credit_note_id;
  if not found then
    raise exception 'That credit note is not here. Reload the page.' using errcode = 'PT404', detail = 'credit_note_unknown';
  end if;
  perform access.require_subscriber_money(v_note.subscriber_id);
  select i.* into strict v_invoice from billing.invoices as i where i.tenant_id = v_tenant and i.id = v_note.invoice_id;

  return to_jsonb(v_note) - '{tenant_id,created_by,branch}'::text[] || jsonb_build_object(
    'brand', billing.tenant_brand(), 'seller', v_invoice.seller, 'buyer', v_invoice.buyer, 'regime', v_invoice.regime, 'rate_bp', v_invoice.rate_bp,
    'invoice_number', v_invoice.number, 'invoice_issued_on', v_invoice.issued_on,
    'lines', (
      select jsonb_agg(jsonb_build_object('line', l.line, 'description', l.description, 'vat_class', l.vat_class, 'total_minor', c.total_minor) order by l.line)
      from billing.credit_note_lines as c
      join billing.invoice_lines as l on l.tenant_id = c.tenant_id and l.id = c.invoice_line_id
      where c.tenant_id = v_tenant and c.credit_note_id = v_note.id),
    'vat_summary', (
      select jsonb_build_object(
        'vatable_minor', case when v_invoice.regime = 'vat' then coalesce(sum(c.total_minor) filter (where l.vat_class = 'vatable'), 0) - v_note.vat_minor else 0 end,
        'exempt_minor', case when v_invoice.regime = 'vat' then coalesce(sum(c.total_minor) filter (where l.vat_class = 'exempt'), 0) else 0 end,
        'zero_rated_minor', case when v_invoice.regime = 'vat' then coalesce(sum(c.total_minor) filter (where l.vat_class = 'zero_rated'), 0) else 0 end,
        'vat_minor', v_note.vat_minor)
      from billing.credit_note_lines as c
      join billing.invoice_lines as l on l.tenant_id = c.tenant_id and l.id = c.invoice_line_id
      where c.tenant_id = v_tenant and c.credit_note_id = v_note.id));
end
$$;
call access.stand_before_wall('billing.credit_note_document(uuid)');

create function api.credit_note_document(credit_note_id uuid) returns jsonb language sql stable set search_path = ''
  as $$ select billing.credit_note_document(credit_note_id) $$;
create function api.preview_credit_note(invoice_id uuid, amount_minor bigint default null, lines jsonb default null)
returns jsonb language sql stable set search_path = ''
  as $$ select billing.preview_credit_note(invoice_id, amount_minor, lines) $$;
create function api.issue_credit_note(credit_note jsonb) returns jsonb language sql set search_path = ''
  as $$ select billing.ask_correction('credit_note', credit_note) $$;
create function api.void_invoice(invoice_void jsonb) returns jsonb language sql set search_path = ''
  as $$ select billing.ask_correction('invoice_void', invoice_void) $$;
create function api.write_off_invoice(write_off jsonb) returns jsonb language sql set search_path = ''
  as $$ select billing.ask_correction('write_off', write_off) $$;
create function api.refund(refund jsonb) returns jsonb language sql set search_path = ''
  as $$ select billing.ask_correction('refund', refund) $$;
create function api.transfer_payment(transfer jsonb) returns jsonb language sql set search_path = ''
  as $$ select billing.ask_correction('transfer', transfer) $$;
create function api.bounce_cheque(bounce jsonb) returns jsonb language sql set search_path = ''
  as $$ select billing.ask_correction('bounce', bounce) $$;
create function api.approve_correction(correction_id uuid) returns jsonb language sql set search_path = ''
  as $$ select billing.approve_correction(correction_id) $$;
create function api.refuse_correction(correction_id uuid, reason text) returns jsonb language sql set search_path = ''
  as $$ select billing.refuse_correction(correction_id, reason) $$;
create function api.withdraw_correction(correction_id uuid) returns jsonb language sql set search_path = ''
  as $$ select billing.withdraw_correction(correction_id) $$;
create function api.receive_certificate(payment_id uuid, received_on date default null) returns jsonb language sql set search_path = ''
  as $$ select collections.receive_certificate(payment_id, received_on) $$;
create function api.spend_credit(subscriber_id uuid) returns jsonb language sql set search_path = ''
  as $$ select collections.spend_credit(subscriber_id) $$;

grant execute on function api.credit_note_document(uuid), api.preview_credit_note(uuid, bigint, jsonb), api.issue_credit_note(jsonb),
  api.void_invoice(jsonb), api.write_off_invoice(jsonb), api.refund(jsonb), api.transfer_payment(jsonb), api.bounce_cheque(jsonb),
  api.approve_correction(uuid), api.refuse_correction(uuid, text), api.withdraw_correction(uuid), api.receive_certificate(uuid, date),
  api.spend_credit(uuid) to authenticated;
