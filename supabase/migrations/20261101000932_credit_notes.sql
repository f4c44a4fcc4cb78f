-- Credit and credit notes: what a subscriber has unused pays what is open; what of an invoice was wrong is taken back by a note.

-- Puts a subscriber's credit on what is open and begun, oldest due first. Callers hold the subscriber.
create function collections.apply_credit(subscriber_id uuid)
returns bigint
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_tenant  uuid := access.tenant_id();
  v_today   date := clock.today(v_tenant);
  v_used    bigint := 0;
  v_invoice uuid;
begin
  for v_invoice in
    select i.id from billing.invoices as i
    where i.tenant_id = v_tenant and i.subscriber_id = apply_credit.subscriber_id and i.state = 'open' and (i.period is null or i.period <= v_today)
    order by i.due_on, i.id
  loop
    exit when collections.credit_of(apply_credit.subscriber_id) <= 0;
    v_used := v_used + billing.use_credit(apply_credit.subscriber_id, v_invoice);
  end loop;
  if v_used > 0 then
    perform collections.close_nonpayment_holds(apply_credit.subscriber_id);
  end if;
  return v_used;
end
$$;

-- Puts a subscriber's money in order after any of it moved: discounts for paying on time follow what stands now, credit that is missing is
-- called back, and none stands beside what it could pay. Answers how much credit was used. Callers hold the subscriber.
create function collections.reconsider(subscriber_id uuid)
returns bigint
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_changed boolean;
  v_used    bigint;
  v_all     bigint := 0;
begin
  loop
    v_changed := billing.settle_prompt_discounts(reconsider.subscriber_id);
    if collections.credit_of(reconsider.subscriber_id) < 0 then
      perform collections.call_back_credit(reconsider.subscriber_id);
      if collections.credit_of(reconsider.subscriber_id) < 0 then
        raise exception '% of this was credit that has been refunded or spent since, so it cannot be taken back whole. Charge that sum to the subscriber instead.',
          collections.format_minor(-collections.credit_of(reconsider.subscriber_id)) using errcode = 'PT409', detail = 'credit_refunded';
      end if;
      continue;
    end if;
    v_used := collections.apply_credit(reconsider.subscriber_id);
    v_all := v_all + v_used;
    exit when v_used = 0 and not v_changed;
  end loop;
  return v_all;
end
$$;

-- The same, asked for by a person: credit that came after its invoice was open, or is left by a void.
create function collections.spend_credit(subscriber_id uuid)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_used bigint;
begin
  perform access.require('payments.record');
  perform service.hold_subscriber(spend_credit.subscriber_id);
  v_used := collections.reconsider(spend_credit.subscriber_id);
  return jsonb_build_object('used_minor', v_used, 'credit_minor', collections.credit_of(spend_credit.subscriber_id));
end
$$;

-- The VAT in so much credited of an invoice's vatable sum: its share of the invoice's, and at its rate what is beyond.
create function billing.vat_of_credit(invoice billing.invoices, vatable_minor numeric, credited_minor numeric)
returns bigint
language sql
immutable
set search_path = ''
as $$
  select case when vat_of_credit.credited_minor <= vat_of_credit.vatable_minor
    then coalesce(round(invoice.vat_minor * vat_of_credit.credited_minor / nullif(vat_of_credit.vatable_minor, 0))::bigint, 0)
    else invoice.vat_minor + billing.vat_within((vat_of_credit.credited_minor - vat_of_credit.vatable_minor)::bigint, invoice.rate_bp) end
$$;

-- What a credit note would take back of an invoice: amounts by line ({"line_id": amount}), or one amount spread over all lines by what is
-- left of each. VAT is its share of the invoice's, counted over all notes together, so that the last note takes what the first left.
-- Changes nothing. Preview and issue both ask here.
create function billing.plan_credit_note(invoice_id uuid, amount_minor bigint default null, lines jsonb default null)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  v_tenant  uuid := access.tenant_id();
  v_invoice billing.invoices;
  v_left    bigint;
  v_lines   jsonb;
  v_total   bigint;
  v_vatable record;
  v_vat     bigint;
begin
  select i.* into v_invoice from billing.invoices as i where i.tenant_id = v_tenant and i.id = plan_credit_note.invoice_id;
  if not found then
    raise exception 'That invoice is not here. Reload the page.' using errcode = 'PT404', detail = 'invoice_unknown';
  end if;
  if v_invoice.state = 'void' then
    raise exception 'Invoice % is void, so there is nothing to credit.', v_invoice.number using errcode = 'PT409', detail = 'invoice_void';
  end if;
  if exists (select from billing.write_offs as w where w.tenant_id = v_tenant and w.invoice_id = v_invoice.id) then
    raise exception 'Invoice % was written off, so nothing of it is owed that could be credited.', v_invoice.number
      using errcode = 'PT409', detail = 'invoice_written_off';
  end if;
  -- Days that a later invoice gave back are not credited once more.
  v_left := v_invoice.total_minor - (select coalesce(sum(n.total_minor - n.credit_minor), 0) from billing.credit_notes as n
    where n.tenant_id = v_tenant and n.invoice_id = v_invoice.id)
    - (select coalesce(sum(r.amount_minor), 0) from billing.returned_days as r
      join billing.invoice_lines as l on l.tenant_id = r.tenant_id and l.id = r.line_id
      where l.tenant_id = v_tenant and l.invoice_id = v_invoice.id and r.in_force and r.by_line_id is not null);
  if v_left <= 0 then
    raise exception 'Invoice % is credited in full already.', v_invoice.number using errcode = 'PT409', detail = 'credited_in_full';
  end if;

  if lines is not null then
    if jsonb_typeof(lines) <> 'object' or lines = '{}' or exists (select from jsonb_each_text(lines) as l where l.value !~ '^\d{1,12}$' or l.value::bigint = 0) then
      raise exception 'Give an amount above 0 for at least one line.' using errcode = 'PT422', detail = 'invalid_amount';
    end if;
    if exists (select from jsonb_object_keys(lines) as k(id)
      where not exists (select from billing.invoice_lines as l where l.tenant_id = v_tenant and l.invoice_id = v_invoice.id and l.id::text = k.id)) then
      raise exception 'One of these lines is not on invoice %. Reload the page.', v_invoice.number using errcode = 'PT404', detail = 'line_unknown';
    end if;
  elsif coalesce(plan_credit_note.amount_minor, 0) <= 0 then
    raise exception 'Give an amount above 0.' using errcode = 'PT422', detail = 'invalid_amount';
  elsif plan_credit_note.amount_minor > v_left then
    raise exception 'Of invoice % only % is left to credit.', v_invoice.number, collections.format_minor(v_left)
      using errcode = 'PT409', detail = 'beyond_invoice';
  end if;

  with standing as (
    select l.id, l.line, l.description, l.vat_class, l.total_minor,
      l.total_minor - coalesce((select sum(c.total_minor) from billing.credit_note_lines as c
        where c.tenant_id = l.tenant_id and c.invoice_line_id = l.id), 0)::bigint
        - coalesce((select sum(r.amount_minor) from billing.returned_days as r
          where r.tenant_id = l.tenant_id and r.line_id = l.id and r.in_force and r.by_line_id is not null), 0)::bigint as left_minor
    from billing.invoice_lines as l
    where l.tenant_id = v_tenant and l.invoice_id = v_invoice.id
  ),
  shares as (
    select s.*, floor(s.left_minor::numeric * plan_credit_note.amount_minor / v_left)::bigint as whole_minor,
      mod(mod(s.left_minor::numeric * plan_credit_note.amount_minor, v_left) + v_left, v_left) as remainder
    from standing as s where s.left_minor <> 0
  ),
  taken as (
    select s.*, case when plan_credit_note.lines is not null then coalesce((plan_credit_note.lines ->> s.id::text)::bigint, 0)
      else s.whole_minor + (row_number() over (order by s.remainder desc, s.line)
        <= plan_credit_note.amount_minor - sum(s.whole_minor) over ())::integer end as amount_minor
    from shares as s
  )
  select jsonb_agg(jsonb_build_object('line_id', t.id, 'line', t.line, 'description', t.description, 'vat_class', t.vat_class,
      'left_minor', t.left_minor, 'amount_minor', t.amount_minor) order by t.line) filter (where t.amount_minor <> 0),
    coalesce(sum(t.amount_minor), 0)
  into v_lines, v_total from taken as t;

  if plan_credit_note.lines is not null and exists (
    select from jsonb_array_elements(coalesce(v_lines, '[]')) as l where (l ->> 'amount_minor')::bigint > (l ->> 'left_minor')::bigint)
    or plan_credit_note.lines is not null and jsonb_array_length(coalesce(v_lines, '[]')) < (select count(*) from jsonb_object_keys(plan_credit_note.lines))
  then
    raise exception 'One of the lines has less left to credit than that. Lower its amount.' using errcode = 'PT409', detail = 'beyond_line';
  end if;

  select coalesce(sum(l.total_minor), 0) as gross_minor,
    coalesce(sum((select sum(c.total_minor) from billing.credit_note_lines as c where c.tenant_id = l.tenant_id and c.invoice_line_id = l.id)), 0) as before_minor,
    (select coalesce(sum(n.vat_minor), 0) from billing.credit_notes as n where n.tenant_id = v_tenant and n.invoice_id = v_invoice.id) as vat_before_minor,
    (select coalesce(sum((x ->> 'amount_minor')::bigint), 0) from jsonb_array_elements(v_lines) as x where x ->> 'vat_class' = 'vatable') as now_minor
  into v_vatable
  from billing.invoice_lines as l
  where l.tenant_id = v_tenant and l.invoice_id = v_invoice.id and l.vat_class = 'vatable';
  if v_total > v_left or v_vatable.before_minor + v_vatable.now_minor > v_vatable.gross_minor then
    raise exception 'Discounts lowered invoice %: of it only % is left to credit.', v_invoice.number,
      collections.format_minor(least(v_left, v_vatable.gross_minor - v_vatable.before_minor)::bigint) using errcode = 'PT409', detail = 'beyond_invoice';
  end if;
  v_vat := billing.vat_of_credit(v_invoice, v_vatable.gross_minor, v_vatable.before_minor + v_vatable.now_minor) - v_vatable.vat_before_minor;

  return jsonb_build_object('invoice_id', v_invoice.id, 'number', v_invoice.number, 'lines', v_lines, 'left_minor', v_left - v_total,
    'net_minor', v_total - v_vat, 'vat_minor', v_vat, 'total_minor', v_total,
    -- What was paid already comes back as credit.
    'returns_minor', greatest(v_total - v_invoice.balance_minor, 0), 'credit_minor', 0);
end
$$;

-- Issues a planned credit note with its number, its posting and its lines. What it takes back beyond the open balance returns as credit,
-- which goes on to what else is open; what the invoice has no room for is credit at once. Callers hold the subscriber, and have asked who may.
create function billing.put_credit_note(note_id uuid, invoice billing.invoices, reason text, plan jsonb)
returns billing.credit_notes
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_tenant uuid := access.tenant_id();
  v_total  bigint := plan ->> 'total_minor';
  v_credit bigint := plan ->> 'credit_minor';
  v_serial bigint;
  v_note   billing.credit_notes;
begin
  perform collections.release((plan ->> 'returns_minor')::bigint, on_invoice => invoice.id);
  perform ledger.post('credit_note', 'credit_note:' || put_credit_note.note_id, 'credit_note', put_credit_note.note_id, clock.now(), jsonb_build_array(
    jsonb_build_object('account', ledger.account('sales_allowances'), 'amount_minor', plan -> 'net_minor'),
    jsonb_build_object('account', ledger.account('output_vat'), 'amount_minor', plan -> 'vat_minor'),
    jsonb_build_object('account', ledger.account('subscriber_receivable', 'subscriber', invoice.subscriber_id), 'amount_minor', v_credit - v_total),
    jsonb_build_object('account', ledger.account('subscriber_credit', 'subscriber', invoice.subscriber_id), 'amount_minor', -v_credit)));
  update billing.invoices as i set
    balance_minor = i.balance_minor - v_total + v_credit,
    state = case when i.balance_minor > v_total - v_credit then 'open'
      when exists (select from billing.write_offs as w where w.tenant_id = i.tenant_id and w.invoice_id = i.id) then 'written_off'
      else 'paid' end
  where i.tenant_id = v_tenant and i.id = invoice.id;

  v_serial := tenancy.take_numbers('credit_note', 1, invoice.branch);       -- late: the counter's row is held to the end of the transaction
  if v_serial is null then
    raise exception 'There is no number series for credit notes of branch %. Set it up first.', invoice.branch using errcode = 'PT409', detail = 'series_missing';
  end if;
  insert into billing.credit_notes (tenant_id, id, invoice_id, subscriber_id, branch, serial, number, issued_on, reason, net_minor, vat_minor,
    total_minor, credit_minor, created_by)
  values (v_tenant, put_credit_note.note_id, invoice.id, invoice.subscriber_id, invoice.branch, v_serial,
    tenancy.format_number('credit_note', v_serial, invoice.branch),
    ledger.open_day(clock.today(v_tenant)), put_credit_note.reason, (plan ->> 'net_minor')::bigint, (plan ->> 'vat_minor')::bigint,
    v_total, v_credit, access.member_id())
  returning * into v_note;
  insert into billing.credit_note_lines (tenant_id, credit_note_id, invoice_line_id, total_minor)
  select v_tenant, v_note.id, (l.value ->> 'line_id')::uuid, (l.value ->> 'amount_minor')::bigint
  from jsonb_array_elements(plan -> 'lines') with ordinality as l(value, position) order by l.position;
  perform collections.reconsider(invoice.subscriber_id);
  perform collections.close_nonpayment_holds(invoice.subscriber_id);
  return v_note;
end
$$;

create function billing.issue_credit_note(
  note_id uuid, invoice_id uuid, reason text, amount_minor bigint default null, lines jsonb default null)
returns billing.credit_notes
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_invoice billing.invoices;
begin
  select i.* into v_invoice from billing.invoices as i
  where i.tenant_id = access.tenant_id() and i.id = issue_credit_note.invoice_id for no key update;
  return billing.put_credit_note(issue_credit_note.note_id, v_invoice, issue_credit_note.reason,
    billing.plan_credit_note(issue_credit_note.invoice_id, issue_credit_note.amount_minor, issue_credit_note.lines));
end
$$;

create function billing.preview_credit_note(invoice_id uuid, amount_minor bigint default null, lines jsonb default null)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  perform access.require('invoices.manage');
  return billing.plan_credit_note(preview_credit_note.invoice_id, preview_credit_note.amount_minor, preview_credit_note.lines);
end
$$;

do $$
declare
  v_function text;
begin
  foreach v_function in array array['collections.apply_credit(uuid)', 'collections.reconsider(uuid)', 'billing.plan_credit_note(uuid, bigint, jsonb)',
    'billing.put_credit_note(uuid, billing.invoices, text, jsonb)', 'billing.issue_credit_note(uuid, uuid, text, bigint, jsonb)']
  loop
    call access.stand_before_wall(v_function::regprocedure, null);
  end loop;
end
$$;
grant execute on function billing.vat_of_credit(billing.invoices, numeric, numeric) to linyada_definer;
call access.stand_before_wall('collections.spend_credit(uuid)');
call access.stand_before_wall('billing.preview_credit_note(uuid, bigint, jsonb)');
