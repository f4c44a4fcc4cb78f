-- What must never be. Documents: invoices and credit notes with their lines, their posting and their numbers.

create function ledger.offences_in_documents(tenant uuid default null)
returns table (invariant text, tenant_id uuid, subject text, detail text)
language sql
stable
set search_path = ''
as $$
  with chosen as materialized (
    select t.id, t.time_zone from tenancy.tenants as t where offences_in_documents.tenant is null or t.id = offences_in_documents.tenant
  ),
  invoices as materialized (
    select i.tenant_id, i.id, i.subscriber_id, i.number, i.state, i.net_minor, i.vat_minor, i.total_minor, i.balance_minor
    from billing.invoices as i join chosen as c on c.id = i.tenant_id
  )

  select 'an invoice is the sum of its lines', i.tenant_id, i.number,
    format('net %s, VAT %s, total %s; lines %s, %s, %s', i.net_minor, i.vat_minor, i.total_minor, l.net_minor, l.vat_minor, l.total_minor)
  from invoices as i
  left join lateral (
    select sum(l.net_minor) as net_minor, sum(l.vat_minor) as vat_minor, sum(l.total_minor) as total_minor
    from billing.invoice_lines as l where l.tenant_id = i.tenant_id and l.invoice_id = i.id
  ) as l on true
  where (i.net_minor, i.vat_minor, i.total_minor) is distinct from (l.net_minor, l.vat_minor, l.total_minor)

  union all
  select 'an invoice is posted as it stands', i.tenant_id, i.number,
    format('total %s, receivable %s; VAT %s, posted %s', i.total_minor, p.receivable_minor, i.vat_minor, p.vat_minor)
  from invoices as i
  left join lateral (
    select
      coalesce(sum(e.amount_minor) filter (where a.code = 'subscriber_receivable' and a.owner_id = i.subscriber_id), 0) as receivable_minor,
      coalesce(-sum(e.amount_minor) filter (where a.code = 'output_vat'), 0) as vat_minor
    from ledger.transactions as t
    join ledger.entries as e on e.tenant_id = t.tenant_id and e.transaction_id = t.id
    join ledger.accounts as a on a.tenant_id = e.tenant_id and a.id = e.account_id
    where t.tenant_id = i.tenant_id and t.idempotency_key = 'invoice:' || i.id
  ) as p on true
  where (i.total_minor, i.vat_minor) is distinct from (p.receivable_minor::bigint, p.vat_minor::bigint)

  union all
  select 'a void invoice is reversed', i.tenant_id, i.number, 'its posting stands'
  from invoices as i
  join ledger.transactions as t on t.tenant_id = i.tenant_id and t.idempotency_key = 'invoice:' || i.id
  where i.state = 'void'
    and not exists (select from ledger.transactions as r where r.tenant_id = t.tenant_id and r.reverses = t.id)

  union all
  select 'an invoice''s balance is its total less allocations, credit notes and write-offs', i.tenant_id, i.number,
    format('balance %s, total %s, allocated %s, credited %s, written off %s', i.balance_minor, i.total_minor, coalesce(a.amount_minor, 0),
      coalesce(n.total_minor, 0), coalesce(w.amount_minor, 0))
  from invoices as i
  left join lateral (
    select sum(a.amount_minor) as amount_minor from collections.allocations as a where a.tenant_id = i.tenant_id and a.invoice_id = i.id
  ) as a on true
  left join lateral (
    select sum(n.total_minor - n.credit_minor) as total_minor from billing.credit_notes as n where n.tenant_id = i.tenant_id and n.invoice_id = i.id
  ) as n on true
  left join lateral (
    select sum(w.amount_minor) as amount_minor from billing.write_offs as w where w.tenant_id = i.tenant_id and w.invoice_id = i.id
  ) as w on true
  where case when i.state = 'void' then coalesce(a.amount_minor, 0) <> 0 or i.balance_minor <> 0
    else i.balance_minor <> i.total_minor - coalesce(a.amount_minor, 0) - coalesce(n.total_minor, 0) - coalesce(w.amount_minor, 0) end

  union all
  select 'an invoice is open exactly while something is owed', i.tenant_id, i.number, format('%s with balance %s', i.state, i.balance_minor)
  from invoices as i
  where i.state = 'open' and i.balance_minor = 0 or i.state in ('paid', 'written_off') and i.balance_minor <> 0
    or i.state = 'written_off' and not exists (select from billing.write_offs as w where w.tenant_id = i.tenant_id and w.invoice_id = i.id)

  union all
  select 'a credit note is the sum of its lines and posted as it stands', n.tenant_id, n.number,
    format('total %s, lines %s, receivable %s; VAT %s, posted %s', n.total_minor, l.total_minor, p.receivable_minor, n.vat_minor, p.vat_minor)
  from billing.credit_notes as n
  join chosen as c on c.id = n.tenant_id
  left join lateral (
    select sum(l.total_minor) as total_minor from billing.credit_note_lines as l where l.tenant_id = n.tenant_id and l.credit_note_id = n.id
  ) as l on true
  left join lateral (
    select
      coalesce(-sum(e.amount_minor) filter (where a.code = 'subscriber_receivable' and a.owner_id = n.subscriber_id), 0) as receivable_minor,
      coalesce(-sum(e.amount_minor) filter (where a.code = 'subscriber_credit' and a.owner_id = n.subscriber_id), 0) as credit_minor,
      coalesce(sum(e.amount_minor) filter (where a.code = 'output_vat'), 0) as vat_minor
    from ledger.transactions as t
    join ledger.entries as e on e.tenant_id = t.tenant_id and e.transaction_id = t.id
    join ledger.accounts as a on a.tenant_id = e.tenant_id and a.id = e.account_id
    where t.tenant_id = n.tenant_id and t.idempotency_key = 'credit_note:' || n.id
  ) as p on true
  where (n.total_minor, n.total_minor - n.credit_minor, n.credit_minor, n.vat_minor)
    is distinct from (l.total_minor::bigint, p.receivable_minor::bigint, p.credit_minor::bigint, p.vat_minor::bigint)

  union all
  -- What is beyond became credit, with its VAT.
  select 'credit notes stay within their invoice', i.tenant_id, i.number,
    format('credited %s of %s, VAT %s of %s', n.total_minor, i.total_minor, n.vat_minor, i.vat_minor)
  from (
    select n.tenant_id, n.invoice_id, sum(n.total_minor - n.credit_minor) as total_minor, sum(n.vat_minor) as vat_minor
    from billing.credit_notes as n
    join chosen as c on c.id = n.tenant_id
    group by n.tenant_id, n.invoice_id
  ) as n
  join billing.invoices as i on i.tenant_id = n.tenant_id and i.id = n.invoice_id
  cross join lateral (
    select coalesce(sum(l.total_minor), 0) as charged_minor, coalesce(sum(x.total_minor), 0) as credited_minor
    from billing.invoice_lines as l
    left join lateral (
      select sum(x.total_minor) as total_minor from billing.credit_note_lines as x where x.tenant_id = l.tenant_id and x.invoice_line_id = l.id
    ) as x on true
    where l.tenant_id = i.tenant_id and l.invoice_id = i.id and l.vat_class = 'vatable'
  ) as v
  where n.total_minor > i.total_minor or i.state = 'void'
    or n.vat_minor <> billing.vat_of_credit(i, v.charged_minor, v.credited_minor)

  union all
  select 'a line is not credited beyond what it charged', l.tenant_id, l.id::text, format('charged %s, credited %s', l.total_minor, n.total_minor)
  from billing.invoice_lines as l
  join chosen as c on c.id = l.tenant_id
  join lateral (
    select sum(n.total_minor) as total_minor from billing.credit_note_lines as n where n.tenant_id = l.tenant_id and n.invoice_line_id = l.id
  ) as n on n.total_minor is not null
  where abs(n.total_minor) > abs(l.total_minor) or sign(n.total_minor) <> sign(l.total_minor)

  union all
  select 'an invoice series has no gap', s.tenant_id, s.branch, format('number %s is missing', n.serial)
  from tenancy.document_series as s
  join chosen as c on c.id = s.tenant_id
  cross join lateral (
    select g as serial
    from generate_series((select min(i.serial) from billing.invoices as i where i.tenant_id = s.tenant_id and i.branch = s.branch), s.next_number - 1) as g
    except
    select i.serial from billing.invoices as i where i.tenant_id = s.tenant_id and i.branch = s.branch
    except
    select g from tenancy.lost_numbers as l cross join lateral generate_series(l.first_serial, l.last_serial) as g
    where l.tenant_id = s.tenant_id and l.series_id = s.id
  ) as n
  where s.kind = 'invoice'

  union all
  select 'a credit note series has no gap', s.tenant_id, s.branch, format('number %s is missing', n.serial)
  from tenancy.document_series as s
  join chosen as c on c.id = s.tenant_id
  cross join lateral (
    select g as serial
    from generate_series((select min(i.serial) from billing.credit_notes as i where i.tenant_id = s.tenant_id and i.branch = s.branch), s.next_number - 1) as g
    except
    select i.serial from billing.credit_notes as i where i.tenant_id = s.tenant_id and i.branch = s.branch
    except
    select g from tenancy.lost_numbers as l cross join lateral generate_series(l.first_serial, l.last_serial) as g
    where l.tenant_id = s.tenant_id and l.series_id = s.id
  ) as n
  where s.kind = 'credit_note'

  union all
  -- Papers of the lost days bear them.
  select 'a number lost in a restore is given to nobody', l.tenant_id, s.prefix || d.serial, s.kind
  from tenancy.lost_numbers as l
  join chosen as c on c.id = l.tenant_id
  join tenancy.document_series as s on s.tenant_id = l.tenant_id and s.id = l.series_id
  cross join lateral (
    select i.serial from billing.invoices as i
    where s.kind = 'invoice' and i.tenant_id = s.tenant_id and i.branch = s.branch and i.serial between l.first_serial and l.last_serial
    union all
    select i.serial from billing.credit_notes as i
    where s.kind = 'credit_note' and i.tenant_id = s.tenant_id and i.branch = s.branch and i.serial between l.first_serial and l.last_serial
    union all
    select s.next_number where s.next_number <= l.last_serial
  ) as d

  union all
  select 'a document is numbered by the series of its branch', d.tenant_id, d.number, 'branch ' || d.branch
  from (
    select i.tenant_id, 'invoice' as kind, i.branch, i.number from billing.invoices as i where i.number is not null
    union all
    select n.tenant_id, 'credit_note', n.branch, n.number
    from billing.credit_notes as n
    union all
    select n.tenant_id, 'credit_note', null, n.number      -- a note with another branch than its invoice has the series of none
    from billing.credit_notes as n
    join billing.invoices as i on i.tenant_id = n.tenant_id and i.id = n.invoice_id and i.branch <> n.branch
  ) as d
  join chosen as c on c.id = d.tenant_id
  where not exists (select from tenancy.document_series as s where s.tenant_id = d.tenant_id and s.kind = d.kind and s.branch = d.branch)

  union all
  -- A number lent to a phone is accounted for by its block until the phone brings it.
  select 'a receipt series has no gap', s.tenant_id, s.branch, format('number %s is missing', n.serial)
  from tenancy.document_series as s
  join chosen as c on c.id = s.tenant_id
  cross join lateral (
    select g as serial
    from generate_series(least(
      (select min(r.serial) from collections.receipts as r where r.tenant_id = s.tenant_id),
      (select min(b.first_serial) from collections.receipt_blocks as b where b.tenant_id = s.tenant_id)), s.next_number - 1) as g
    except
    select r.serial from collections.receipts as r where r.tenant_id = s.tenant_id
    except
    select g from collections.receipt_blocks as b cross join lateral generate_series(b.first_serial, b.last_serial) as g
    where b.tenant_id = s.tenant_id
  ) as n
  where s.kind = 'receipt'

  union all
  -- The table keeps serials apart; two prefixes could still print the same.
  select 'a receipt number is given once', r.tenant_id, r.number, format('on %s receipts', count(*))
  from collections.receipts as r
  join chosen as c on c.id = r.tenant_id
  group by r.tenant_id, r.number
  having count(*) > 1

  union all
  -- What is put aside after a restore was lent to a phone by days the database forgot.
  select 'a phone gives the numbers lent to it, and nobody else does', r.tenant_id, r.number,
    case when b.id is null then 'lent to no phone' else 'lent to another' end
  from collections.receipts as r
  join chosen as c on c.id = r.tenant_id
  join collections.payments as p on p.tenant_id = r.tenant_id and p.id = r.payment_id
  left join collections.receipt_blocks as b
    on b.tenant_id = r.tenant_id and int8range(b.first_serial, b.last_serial, '[]') @> r.serial
  where case when b.id is null then p.device_id is not null else b.device_id is not null and p.device_id is distinct from b.device_id end

  union all
  -- A phone uses its numbers in order. One it passed over came with a command that could not be booked, or an alarm tells of it.
  select 'a number a phone passed over has its reason', n.tenant_id, n.serial::text, format('lent to %s', n.device_id)
  from (
    select b.tenant_id, b.device_id, g as serial
    from collections.receipt_blocks as b
    join chosen as c on c.id = b.tenant_id
    cross join lateral generate_series(b.first_serial, (
      select max(r.serial) from collections.receipts as r
      where r.tenant_id = b.tenant_id and r.serial between b.first_serial and b.last_serial)) as g
    where b.device_id is not null
    except
    select r.tenant_id, b.device_id, r.serial
    from collections.receipts as r
    join collections.receipt_blocks as b on b.tenant_id = r.tenant_id and int8range(b.first_serial, b.last_serial, '[]') @> r.serial
  ) as n
  where not exists (
      select from sync.commands as k
      where k.tenant_id = n.tenant_id and k.device_id = n.device_id and k.state = 'parked' and sync.number_of(k.input -> 'serial') = n.serial)
    and not exists (
      select from sync.alarms as a
      where a.tenant_id = n.tenant_id and a.device_id = n.device_id
        and (a.kind = 'sequence_gap' or a.kind in ('other_content', 'unreadable') and sync.number_of(a.input #> '{input,serial}') = n.serial))

  union all
  select 'a series is ahead of its numbers', s.tenant_id, s.kind, format('next is %s, but %s is given', s.next_number, g.serial)
  from tenancy.document_series as s
  join chosen as c on c.id = s.tenant_id
  cross join lateral (
    select case s.kind
      when 'invoice' then (select max(i.serial) from billing.invoices as i where i.tenant_id = s.tenant_id and i.branch = s.branch)
      when 'receipt' then (select max(r.serial) from collections.receipts as r where r.tenant_id = s.tenant_id)
      else (select max(n.serial) from billing.credit_notes as n where n.tenant_id = s.tenant_id and n.branch = s.branch) end as serial
  ) as g
  where g.serial >= s.next_number

  union all
  select 'only days given back are credited beyond their invoice', n.tenant_id, n.number, n.credit_minor::text
  from billing.credit_notes as n
  join chosen as c on c.id = n.tenant_id
  where n.credit_minor > 0
    and not exists (select from billing.returned_days as r where r.tenant_id = n.tenant_id and r.credit_note_id = n.id)
$$;

grant execute on function ledger.offences_in_documents(uuid) to linyada_definer;
