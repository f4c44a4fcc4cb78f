-- Invoices written by hand: a draft is a working paper without a number, changed freely until it is issued. What is issued is an invoice
-- like any other, made from the draft in one step; the draft keeps which one.

create table billing.invoice_drafts (
  tenant_id     uuid        not null references tenancy.tenants (id),
  id            uuid        not null,
  subscriber_id uuid        not null,
  lines         jsonb       not null check (jsonb_typeof(lines) = 'array' and jsonb_array_length(lines) between 1 and 50),
  total_minor   bigint      not null check (total_minor > 0),
  due_on        date,                                    -- null: as many days after issue as the ISP gives
  revision      integer     not null default 1,          -- two people who change it at once see one another
  invoice_id    uuid,
  discarded_at  timestamptz,
  created_by    uuid,
  created_at    timestamptz not null default clock.now(),
  updated_at    timestamptz not null default clock.now(),

  primary key (tenant_id, id),
  unique (tenant_id, invoice_id),
  foreign key (tenant_id, subscriber_id) references service.subscribers (tenant_id, id),
  foreign key (tenant_id, invoice_id) references billing.invoices (tenant_id, id),
  check (num_nonnulls(invoice_id, discarded_at) <= 1)
);
comment on table billing.invoice_drafts is 'Invoices written by hand and not issued yet. They have no number and are in no account.';
create index invoice_drafts_subscriber_idx on billing.invoice_drafts (tenant_id, subscriber_id);
create index invoice_drafts_open_idx on billing.invoice_drafts (tenant_id, created_at, id) where invoice_id is null and discarded_at is null;

call access.wall('billing.invoice_drafts');
grant update (lines, total_minor, due_on, revision, invoice_id, discarded_at, updated_at) on billing.invoice_drafts to linyada_definer;
grant select on billing.invoice_drafts to authenticated;
create policy invoice_drafts_read on billing.invoice_drafts for select to authenticated using ((select access.can('billing.read')));

-- The lines as they would be issued. Refuses what is no line, and an invoice that charges nothing.
create function billing.draft_lines(subscriber_id uuid, lines jsonb)
returns billing.proposed_line[]
language plpgsql
immutable
set search_path = ''
as $$
declare
  v_lines billing.proposed_line[];
begin
  if jsonb_typeof(draft_lines.lines) is distinct from 'array' or jsonb_array_length(draft_lines.lines) not between 1 and 50 then
    raise exception 'An invoice has 1 to 50 lines. Add one, or write a second invoice.' using errcode = 'PT422', detail = 'line_count';
  end if;
  begin
    select array_agg(jsonb_populate_record(null::billing.proposed_line, jsonb_build_object(
      'subscriber_id', draft_lines.subscriber_id, 'position', l.position, 'amount_minor', l.line -> 'amount_minor',
      'kind', case when (l.line ->> 'amount_minor')::bigint < 0 then 'discount' else 'one_time' end,
      'description', btrim(l.line ->> 'description'), 'vat_class', coalesce(l.line ->> 'vat_class', 'vatable'))) order by l.position)
    into v_lines
    from jsonb_array_elements(draft_lines.lines) with ordinality as l(line, position);
  exception when invalid_text_representation or numeric_value_out_of_range or invalid_parameter_value then
    raise exception 'The lines could not be read. Reload the page and type them again.' using errcode = 'PT400', detail = 'invalid_lines';
  end;
  if exists (select from unnest(v_lines) as l where coalesce(length(l.description), 0) not between 1 and 300) then
    raise exception 'Say of each line what it is for, in at most 300 letters. It is printed on the invoice.'
      using errcode = 'PT422', detail = 'invalid_lines';
  end if;
  if exists (select from unnest(v_lines) as l where l.amount_minor is null or l.amount_minor = 0 or abs(l.amount_minor) > 9999999999) then
    raise exception 'Each line has an amount of at most 99,999,999.99; a discount is below zero.' using errcode = 'PT422', detail = 'invalid_amount';
  end if;
  if exists (select from unnest(v_lines) as l where l.vat_class not in ('vatable', 'exempt', 'zero_rated')) then
    raise exception 'Choose of each line whether it bears VAT.' using errcode = 'PT422', detail = 'invalid_lines';
  end if;
  if exists (select from unnest(v_lines) as l group by l.vat_class having sum(l.amount_minor) < 0)
    or (select sum(l.amount_minor) from unnest(v_lines) as l) <= 0 then
    raise exception 'The discounts are larger than what they lower. To give money back, write a credit note for the invoice it was on.'
      using errcode = 'PT422', detail = 'nothing_to_charge';
  end if;
  return v_lines;
end
$$;

-- The draft, held until the end of the transaction together with its subscriber. Refuses one that is no draft any more.
create function billing.hold_draft(draft_id uuid)
returns billing.invoice_drafts
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_tenant uuid := access.tenant_id();
  v_draft  billing.invoice_drafts;
begin
  perform service.hold_subscribers(array(
    select d.subscriber_id from billing.invoice_drafts as d where d.tenant_id = v_tenant and d.id = hold_draft.draft_id));
  select d.* into v_draft from billing.invoice_drafts as d where d.tenant_id = v_tenant and d.id = hold_draft.draft_id;
  if not found then
    raise exception 'That draft is not here. Reload the page.' using errcode = 'PT404', detail = 'draft_unknown';
  end if;
  return v_draft;
end
$$;

create function billing.refuse_settled_draft(draft billing.invoice_drafts)
returns void
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  if draft.invoice_id is not null then
    raise exception 'This draft was issued as %. Open that invoice; a mistake on it is mended by a credit note.',
      (select i.number from billing.invoices as i where i.tenant_id = draft.tenant_id and i.id = draft.invoice_id)
      using errcode = 'PT409', detail = 'draft_issued';
  end if;
  if draft.discarded_at is not null then
    raise exception 'This draft was discarded. Write a new invoice.' using errcode = 'PT409', detail = 'draft_discarded';
  end if;
end
$$;

-- Writes a draft or changes it: id, subscriber_id, lines (description, amount_minor, vat_class), due_on, and the revision that was read
-- (0 for a new one). Sent again with the same content it changes nothing.
create function billing.save_invoice_draft(draft jsonb)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_tenant uuid := access.tenant_id();
  v_id     uuid;
  v_due    date;
  v_seen   integer;
  v_owner  uuid;
  v_lines  jsonb;
  v_total  bigint;
  v_old    billing.invoice_drafts;
begin
  perform access.require('invoices.manage');
  v_id := service.command_id(draft);
  v_due := service.command_day(draft, 'due_on');
  begin
    v_owner := (draft ->> 'subscriber_id')::uuid;
    v_seen := coalesce((draft ->> 'revision')::integer, 0);
  exception when invalid_text_representation or numeric_value_out_of_range then
    raise exception 'The draft could not be read. Reload the page and type it again.' using errcode = 'PT400', detail = 'invalid_draft';
  end;
  select jsonb_agg(jsonb_build_object('description', l.description, 'amount_minor', l.amount_minor, 'vat_class', l.vat_class) order by l.position),
    sum(l.amount_minor)
  into v_lines, v_total
  from unnest(billing.draft_lines(v_owner, draft -> 'lines')) as l;

  perform service.hold_subscriber(v_owner);

  select d.* into v_old from billing.invoice_drafts as d where d.tenant_id = v_tenant and d.id = v_id;
  if not found then
    insert into billing.invoice_drafts (tenant_id, id, subscriber_id, lines, total_minor, due_on, created_by)
    values (v_tenant, v_id, v_owner, v_lines, v_total, v_due, access.member_id());
    return jsonb_build_object('id', v_id, 'revision', 1, 'duplicate', false);
  end if;
  perform billing.refuse_settled_draft(v_old);
  if v_old.subscriber_id <> v_owner then
    raise exception 'This draft is for another subscriber. Reload the page.' using errcode = 'PT409', detail = 'draft_conflict';
  end if;
  if v_old.lines = v_lines and v_old.due_on is not distinct from v_due then
    return jsonb_build_object('id', v_id, 'revision', v_old.revision, 'duplicate', true);
  end if;
  if v_old.revision <> v_seen then
    raise exception 'Somebody changed this draft while it was open here. Open it in another tab, compare, and save again from there.'
      using errcode = 'PT409', detail = 'draft_changed';
  end if;
  update billing.invoice_drafts as d
  set lines = v_lines, total_minor = v_total, due_on = v_due, revision = d.revision + 1, updated_at = clock.now()
  where d.tenant_id = v_tenant and d.id = v_id;
  return jsonb_build_object('id', v_id, 'revision', v_old.revision + 1, 'duplicate', false);
end
$$;

-- Makes the invoice of a draft, today, with its number and posting; the subscriber's credit pays first. A second press answers the invoice
-- of the first. The revision says which content was read before the press.
create function billing.issue_invoice_draft(draft_id uuid, revision integer)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_tenant  uuid := access.tenant_id();
  v_today   date := clock.today(v_tenant);
  v_draft   billing.invoice_drafts;
  v_invoice record;
begin
  perform access.require('invoices.manage');
  v_draft := billing.hold_draft(issue_invoice_draft.draft_id);
  if v_draft.invoice_id is not null and v_draft.revision = issue_invoice_draft.revision then
    return (select jsonb_build_object('invoice_id', i.id, 'number', i.number, 'total_minor', i.total_minor, 'duplicate', true)
      from billing.invoices as i where i.tenant_id = v_tenant and i.id = v_draft.invoice_id);
  end if;
  perform billing.refuse_settled_draft(v_draft);
  if v_draft.revision is distinct from issue_invoice_draft.revision then
    raise exception 'Somebody changed this draft while it was open here. Read it again, then issue it.' using errcode = 'PT409', detail = 'draft_changed';
  end if;
  if v_draft.due_on < v_today then
    raise exception 'The due day of this draft is past. Choose today or a later day, then issue it.' using errcode = 'PT409', detail = 'due_past';
  end if;

  select * into strict v_invoice
  from billing.issue(billing.draft_lines(v_draft.subscriber_id, v_draft.lines), v_today, coalesce(v_draft.due_on,
    v_today + (select s.due_days from tenancy.billing_settings as s where s.tenant_id = v_tenant)));
  perform billing.use_credit(v_draft.subscriber_id, v_invoice.invoice_id);
  update billing.invoice_drafts as d set invoice_id = v_invoice.invoice_id where d.tenant_id = v_tenant and d.id = v_draft.id;
  return jsonb_build_object('invoice_id', v_invoice.invoice_id, 'number', v_invoice.number, 'total_minor', v_invoice.total_minor, 'duplicate', false);
end
$$;

-- Puts a draft away. It had no number, so nothing is missing in the books.
create function billing.discard_invoice_draft(draft_id uuid)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_draft billing.invoice_drafts;
begin
  perform access.require('invoices.manage');
  v_draft := billing.hold_draft(discard_invoice_draft.draft_id);
  if v_draft.discarded_at is null then
    perform billing.refuse_settled_draft(v_draft);
    update billing.invoice_drafts as d set discarded_at = clock.now() where d.tenant_id = v_draft.tenant_id and d.id = v_draft.id;
  end if;
  return jsonb_build_object('id', v_draft.id);
end
$$;

grant execute on function billing.draft_lines(uuid, jsonb) to linyada_definer;
call access.stand_before_wall('billing.hold_draft(uuid)', null);
call access.stand_before_wall('billing.refuse_settled_draft(billing.invoice_drafts)', null);
call access.stand_before_wall('billing.save_invoice_draft(jsonb)');
call access.stand_before_wall('billing.issue_invoice_draft(uuid, integer)');
call access.stand_before_wall('billing.discard_invoice_draft(uuid)');
