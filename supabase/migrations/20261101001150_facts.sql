-- Facts of money are added, never changed or removed, by anyone: not even by the owner of the table.

do $$
declare
  v_table text;
begin
  foreach v_table in array array['ledger.transactions', 'ledger.entries', 'ledger.accounts', 'billing.prints', 'tenancy.series_changes', 'billing.dunning_stages']
  loop
    execute format('create trigger append_only before update or delete on %s for each row execute function audit.append_only()', v_table);
    execute format('create trigger no_truncate before truncate on %s for each statement execute function audit.append_only()', v_table);
  end loop;

  foreach v_table in array array['ledger.balances', 'ledger.periods', 'ledger.reopen_requests', 'billing.invoice_drafts', 'billing.invoices', 'billing.invoice_lines',
    'billing.credit_notes', 'billing.returned_days', 'service.changes', 'tenancy.lost_numbers',
    'billing.prepaid_periods', 'billing.late_fees', 'billing.charges', 'billing.charge_parts', 'billing.deposits', 'catalog.plan_discounts', 'collections.payments', 'collections.receipts', 'collections.allocations', 'collections.void_requests', 'billing.corrections',
    'billing.credit_note_lines', 'billing.write_offs', 'collections.recoveries', 'collections.refunds', 'collections.certificates']
  loop
    execute format('create trigger no_delete before delete on %s for each row execute function audit.append_only()', v_table);
    execute format('create trigger no_truncate before truncate on %s for each statement execute function audit.append_only()', v_table);
  end loop;
end
$$;

-- What may move is a state or a cached balance; parties, numbers, dates and amounts may not.
create trigger fixed before update of tenant_id, id, subscriber_id, run_id, branch, serial, number, period, issued_on, due_on, regime, rate_bp,
  net_minor, vat_minor, total_minor, seller, buyer on billing.invoices
  for each row execute function audit.append_only();
create trigger fixed before update of tenant_id, id, invoice_id, line, kind, description, subscription_id, period, service_from, service_until,
  vat_class, net_minor, vat_minor, total_minor, plan_id, price_minor on billing.invoice_lines
  for each row execute function audit.append_only();
create trigger fixed before update of tenant_id, id, subscriber_id, created_by, created_at on billing.invoice_drafts
  for each row execute function audit.append_only();
create trigger settled before update on billing.invoice_drafts
  for each row when (old.invoice_id is not null or old.discarded_at is not null) execute function audit.append_only();
create trigger fixed before update on billing.credit_notes for each row execute function audit.append_only();
create trigger fixed before update of tenant_id, id, subscriber_id, subscription_id, plan_discount_id, kind, description, amount_minor, percent_bp,
  parts, is_conditional, vat_class, starts_on, until_on on billing.charges for each row execute function audit.append_only();
create trigger fixed before update of tenant_id, id, charge_id, invoice_id, amount_minor, pay_by_on on billing.charge_parts
  for each row execute function audit.append_only();
create trigger fixed before update on billing.deposits for each row execute function audit.append_only();
create trigger fixed before update of tenant_id, id, plan_id, description, amount_minor, percent_bp, months, is_conditional, starts_on, until_on
  on catalog.plan_discounts for each row execute function audit.append_only();
create trigger fixed before update of tenant_id, id, subscription_id, invoice_id, payment_id, plan_id, amount_minor, bought_at, starts_at, ends_at
  on billing.prepaid_periods for each row execute function audit.append_only();
create trigger fixed before update of tenant_id, id, method, channel, reference, amount_minor, received_at, recorded_at,
  received_by, device_id, note, manual_serial, latitude, longitude, request_hash, void_of on collections.payments
  for each row execute function audit.append_only();
-- Cash that came without a name gets one, once.
create trigger identified_once before update of subscriber_id, subscription_id on collections.payments
  for each row when (old.subscriber_id is not null or old.stage <> 'unidentified') execute function audit.append_only();
create trigger fixed before update of tenant_id, id, number, serial on collections.receipts
  for each row execute function audit.append_only();
create trigger fixed before update of tenant_id, id, subscriber_id, invoice_id, stage, charge_id, base_minor, amount_minor, created_at on billing.late_fees
  for each row execute function audit.append_only();
create trigger fixed before update on collections.allocations for each row execute function audit.append_only();
create trigger fixed before update on billing.credit_note_lines for each row execute function audit.append_only();
create trigger fixed before update on billing.write_offs for each row execute function audit.append_only();
create trigger fixed before update on collections.recoveries for each row execute function audit.append_only();
create trigger fixed before update on collections.refunds for each row execute function audit.append_only();
create trigger fixed before update of tenant_id, id, payment_id on collections.certificates for each row execute function audit.append_only();
create trigger fixed before update of tenant_id, id, kind, subscriber_id, invoice_id, payment_id, amount_minor, reason, request, subject_state,
  limit_minor, asked_by, asked_at on billing.corrections for each row execute function audit.append_only();
create trigger fixed before update of tenant_id, id, line_id, days, amount_minor, by_line_id, credit_note_id on billing.returned_days
  for each row execute function audit.append_only();
create trigger said_once before update on tenancy.lost_numbers for each row when (old.said_at is not null) execute function audit.append_only();
create trigger fixed before update of tenant_id, id, series_id, first_serial, restored_at on tenancy.lost_numbers
  for each row execute function audit.append_only();
create trigger fixed before update on service.changes for each row execute function audit.append_only();
