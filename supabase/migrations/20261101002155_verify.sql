-- What must never be: every money invariant, with its offenders by name. An empty answer is the only good one.
-- For the owner of the database alone; `npm run verify` prints it.

create function ledger.offences(tenant uuid default null)
returns table (invariant text, tenant_id uuid, subject text, detail text)
language sql
stable
set search_path = ''
as $$
  select * from ledger.offences_in_books(tenant)
  union all
  select * from ledger.offences_in_documents(tenant)
  union all
  select * from ledger.offences_in_payments(tenant)
  union all
  select * from ledger.offences_in_custody(tenant)
  union all
  select * from ledger.offences_in_service(tenant)
$$;
