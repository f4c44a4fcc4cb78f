-- Cash custody under watch: what was declared, counted and deposited is a fact; what may move is a state.

call audit.watch('collections.collector_limits');
call audit.watch('collections.shortage_repayments');
call audit.watch('collections.bank_deposits');

create trigger append_only before update or delete on collections.shortage_repayments for each row execute function audit.append_only();
create trigger append_only before update or delete on collections.deposit_slips for each row execute function audit.append_only();
do $$
declare
  v_table text;
begin
  foreach v_table in array array['remittances', 'bank_deposits', 'shortage_repayments', 'deposit_slips']
  loop
    if v_table in ('remittances', 'bank_deposits') then
      execute format('create trigger no_delete before delete on collections.%I for each row execute function audit.append_only()', v_table);
    end if;
    execute format('create trigger no_truncate before truncate on collections.%I for each statement execute function audit.append_only()', v_table);
  end loop;
end
$$;
create trigger fixed before update of tenant_id, id, collector_id, submitted_by, reason, device_id, denominations, declared_minor, declared_at, submitted_at
  on collections.remittances for each row execute function audit.append_only();
create trigger counted_once before update of counted_minor, counted_denominations, expected_minor, counted_by, counted_at on collections.remittances
  for each row when (old.counted_by is not null) execute function audit.append_only();
create trigger decided_once before update of approved_by, approved_at, note on collections.remittances
  for each row when (old.approved_by is not null) execute function audit.append_only();
create trigger fixed before update of tenant_id, id, amount_minor, bank, slip_number, deposited_on, deposited_by, recorded_at, note
  on collections.bank_deposits for each row execute function audit.append_only();
create trigger voided_once before update on collections.bank_deposits
  for each row when (old.voided_at is not null) execute function audit.append_only();
