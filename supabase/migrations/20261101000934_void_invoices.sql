-- Void invoices and bad debts: an invoice that should not be, and one that nobody will pay.

create function billing.refuse_void_of_invoice(invoice billing.invoices)
returns void
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  if invoice.state = 'void' then
    raise exception 'Invoice % is void already.', invoice.number using errcode = 'PT409', detail = 'already_void';
  end if;
  if exists (select from billing.credit_notes as n where n.tenant_id = invoice.tenant_id and n.invoice_id = invoice.id) then
    raise exception 'Credit notes stand against invoice %, so it cannot be void. Credit the rest of it instead.', invoice.number
      using errcode = 'PT409', detail = 'invoice_credited';
  end if;
  if exists (select from billing.write_offs as w where w.tenant_id = invoice.tenant_id and w.invoice_id = invoice.id) then
    raise exception 'Invoice % was written off, so it cannot be void.', invoice.number using errcode = 'PT409', detail = 'invoice_written_off';
  end if;
  if exists (select from billing.prepaid_periods as s where s.tenant_id = invoice.tenant_id and s.invoice_id = invoice.id) then
    raise exception 'Invoice % is the sale of prepaid time. Cancel that time, or void the payment that bought it.', invoice.number
      using errcode = 'PT409', detail = 'invoice_of_time';
  end if;
  if exists (select from ledger.transactions as t
    join ledger.periods as p on p.tenant_id = t.tenant_id and p.month = date_trunc('month', t.accounting_on)::date and p.state <> 'open'
    where t.tenant_id = invoice.tenant_id and t.idempotency_key = 'invoice:' || invoice.id) then
    raise exception 'The month of invoice % is closed, so it stays in the books. Issue a credit note instead.', invoice.number
      using errcode = 'PT409', detail = 'invoice_month_closed';
  end if;
end
$$;

-- The invoice keeps its number and loses its effect: what settled it is credit again, its posting is reversed, its days and charges
-- wait to be billed anew. Callers hold the subscriber.
create function billing.void_invoice(invoice_id uuid, reason text)
returns void
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_tenant  uuid := access.tenant_id();
  v_invoice billing.invoices;
begin
  select i.* into strict v_invoice from billing.invoices as i
  where i.tenant_id = v_tenant and i.id = void_invoice.invoice_id for no key update;
  perform billing.refuse_void_of_invoice(v_invoice);

  perform collections.release(v_invoice.total_minor - v_invoice.balance_minor, on_invoice => v_invoice.id);
  perform ledger.reverse(t.id, 'invoice', v_invoice.id)
  from ledger.transactions as t
  where t.tenant_id = v_tenant and t.idempotency_key = 'invoice:' || v_invoice.id;
  update billing.invoices as i set state = 'void', balance_minor = 0, voided_at = clock.now(), void_reason = void_invoice.reason
  where i.tenant_id = v_tenant and i.id = v_invoice.id;
  update billing.invoice_lines as l set in_force = false where l.tenant_id = v_tenant and l.invoice_id = v_invoice.id;
  -- The last invoice of a service may have taken several parts of a sum.
  update billing.charges as c set remaining = case when c.parts is null then c.remaining + 1
    else least(c.parts, c.remaining + greatest(1, round(x.amount_minor::numeric * c.parts / c.amount_minor))) end
  from billing.charge_parts as x
  where x.tenant_id = v_tenant and x.invoice_id = v_invoice.id and c.tenant_id = x.tenant_id and c.id = x.charge_id and c.cancelled_at is null;

  perform collections.reconsider(v_invoice.subscriber_id);
  perform collections.close_nonpayment_holds(v_invoice.subscriber_id);
end
$$;

create function billing.refuse_write_off(invoice billing.invoices)
returns void
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  if invoice.state <> 'open' then
    raise exception 'Nothing is owed on invoice %, so there is nothing to write off.', invoice.number
      using errcode = 'PT409', detail = 'nothing_owed';
  end if;
  if invoice.due_on >= clock.today(invoice.tenant_id) then
    raise exception 'Invoice % is not past due yet. Credit it if it is wrong.', invoice.number using errcode = 'PT409', detail = 'not_past_due';
  end if;
end
$$;

-- Gives up what is open on an invoice. Callers hold the subscriber.
create function billing.write_off(write_off_id uuid, invoice_id uuid, reason text)
returns void
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_tenant  uuid := access.tenant_id();
  v_invoice billing.invoices;
begin
  select i.* into strict v_invoice from billing.invoices as i
  where i.tenant_id = v_tenant and i.id = write_off.invoice_id for no key update;
  perform billing.refuse_write_off(v_invoice);
  insert into billing.write_offs (tenant_id, id, invoice_id, subscriber_id, amount_minor, reason, created_by)
  values (v_tenant, write_off.write_off_id, v_invoice.id, v_invoice.subscriber_id, v_invoice.balance_minor, write_off.reason, access.member_id());
  perform ledger.post('write_off', 'write_off:' || write_off.write_off_id, 'write_off', write_off.write_off_id, clock.now(), jsonb_build_array(
    jsonb_build_object('account', ledger.account('bad_debts'), 'amount_minor', v_invoice.balance_minor),
    jsonb_build_object('account', ledger.account('subscriber_receivable', 'subscriber', v_invoice.subscriber_id), 'amount_minor', -v_invoice.balance_minor)));
  update billing.invoices as i set balance_minor = 0, state = 'written_off' where i.tenant_id = v_tenant and i.id = v_invoice.id;
  perform collections.close_nonpayment_holds(v_invoice.subscriber_id, 'Written off');
end
$$;

do $$
declare
  v_function text;
begin
  foreach v_function in array array['billing.refuse_void_of_invoice(billing.invoices)', 'billing.void_invoice(uuid, text)',
    'billing.refuse_write_off(billing.invoices)', 'billing.write_off(uuid, uuid, text)']
  loop
    call access.stand_before_wall(v_function::regprocedure, null);
  end loop;
end
$$;
