-- After a restore: what the backup does not know of happened all the same, and its papers are in people's hands.

-- Begins another history of the database for every ISP: phones pull afresh and send again what it may have forgotten. The receipt numbers
-- that may have been given since the backup are put aside and never given again; a phone that brings one keeps it. How many there are
-- nobody can know, so it is twice what the last month of the backup took, and ten thousand for what phones carry. Invoices and credit notes
-- have to be without gaps, so their offices are asked up to which number they were given, and issue none until they have said.
-- For the owner of the database, once after each restore and before anybody works.
create function sync.after_restore()
returns void
language sql
set search_path = ''
as $$
  update tenancy.tenants as t set sync_epoch = t.sync_epoch + 1;

  with taken as (
    update tenancy.document_series as s
    set next_number = s.next_number + 10000 + 2 * (
      select count(*) from collections.payments as p
      where p.tenant_id = s.tenant_id and p.recorded_at > (
        select max(n.recorded_at) - interval '31 days' from collections.payments as n where n.tenant_id = s.tenant_id))
    from tenancy.document_series as before
    where s.kind = 'receipt' and before.tenant_id = s.tenant_id and before.id = s.id
    returning s.tenant_id, s.prefix, before.next_number as first_serial, s.next_number - 1 as last_serial
  )
  insert into collections.receipt_blocks (tenant_id, prefix, first_serial, last_serial, state, reason)
  select k.tenant_id, k.prefix, k.first_serial, k.last_serial, 'cancelled',
    'Put aside after a restore: papers of the days that were lost may bear them.'
  from taken as k;

  insert into tenancy.lost_numbers (tenant_id, series_id, first_serial)
  select s.tenant_id, s.id, s.next_number from tenancy.document_series as s where s.kind in ('invoice', 'credit_note')
  on conflict (tenant_id, series_id) where said_at is null do nothing
$$;
