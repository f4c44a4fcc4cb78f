-- Sums the office reads at a glance. Invoker functions: each person sums what they may see.

-- Open invoices by how long they are past due, always five rows.
create function api.receivables_aging()
returns table (bucket text, invoice_count bigint, amount_minor bigint)
language sql
stable
set search_path = ''
as $$
  select b.bucket, count(i.id), coalesce(sum(i.balance_minor), 0)::bigint
  from (values ('not_due', null, 0), ('d1_30', 1, 30), ('d31_60', 31, 60), ('d61_90', 61, 90), ('over_90', 91, null))
    as b(bucket, from_days, to_days)
  left join (
    select i.id, i.balance_minor, clock.today(i.tenant_id) - i.due_on as days
    from billing.invoices as i
    where i.tenant_id = (select access.tenant_id()) and i.state = 'open'
  ) as i on (b.from_days is null or i.days >= b.from_days) and (b.to_days is null or i.days <= b.to_days)
  group by b.bucket, b.from_days
  order by b.from_days nulls first
$$;

grant execute on function api.receivables_aging() to authenticated;
