-- Doubles: two payments of one subscriber that may be one. Cash is never refused for it; a person says what it was.

create table collections.doubles (
  tenant_id   uuid        not null references tenancy.tenants (id),
  id          uuid        not null,                        -- the payment we heard of second
  other_id    uuid        not null,
  kind        text        not null check (kind in ('two_people', 'one_visit', 'one_day')),
  flagged_at  timestamptz not null default clock.now(),
  settled_at  timestamptz,
  settled_by  uuid,
  decision    text        check (decision in ('both_right', 'void_asked')),
  note        text        check (length(note) between 3 and 300),

  primary key (tenant_id, id),
  foreign key (tenant_id, id) references collections.payments (tenant_id, id),
  foreign key (tenant_id, other_id) references collections.payments (tenant_id, id),
  foreign key (tenant_id, settled_by) references access.members (tenant_id, id),
  check (id <> other_id),
  check (num_nulls(settled_at, settled_by, decision, note) in (0, 4))
);
comment on table collections.doubles is 'Two payments that may be one: found when the second came in, settled by somebody who took neither.';
create index doubles_other_idx on collections.doubles (tenant_id, other_id);
create index doubles_settler_idx on collections.doubles (tenant_id, settled_by);
create index doubles_waiting_idx on collections.doubles (tenant_id, flagged_at) where settled_at is null;

call access.wall('collections.doubles');
grant update (settled_at, settled_by, decision, note) on collections.doubles to linyada_definer;
grant select on collections.doubles to authenticated;
create policy doubles_read on collections.doubles for select to authenticated
  using ((select access.can('collections.read')) and (select access.can('payments.read')));

-- Looks whether this payment may be another one of the same subscriber, taken within a day of it, for the same service:
-- by somebody else, the same amount or money that had nothing left to pay; or by the same person, twice within the hour, or the same amount
-- twice in a day. Money that brings a number of its own (a wallet, a bank) is compared with cash only.
create function collections.flag_double(payment collections.payments, credit_minor bigint)
returns void
language plpgsql
security definer
set search_path = ''
as $$
begin
  if payment.channel not in ('field', 'counter') or payment.method = 'withholding' then
    return;
  end if;
  insert into collections.doubles (tenant_id, id, other_id, kind)
  select payment.tenant_id, payment.id, p.id, k.kind
  from collections.payments as p
  cross join lateral (
    select case
      when p.received_by is distinct from payment.received_by then
        case when p.amount_minor = payment.amount_minor or flag_double.credit_minor > 0 then 'two_people' end
      when p.method <> payment.method then null
      when greatest(p.received_at, payment.received_at) - least(p.received_at, payment.received_at) <= interval '1 hour' then 'one_visit'
      when p.amount_minor = payment.amount_minor then 'one_day' end as kind
  ) as k
  where p.tenant_id = payment.tenant_id and p.subscriber_id = payment.subscriber_id and p.id <> payment.id
    and p.received_at between payment.received_at - interval '24 hours' and payment.received_at + interval '24 hours'
    and p.stage <> 'void' and p.channel in ('field', 'counter') and p.method <> 'withholding' and 'cash' in (p.method, payment.method)
    and p.subscription_id is not distinct from payment.subscription_id
    and k.kind is not null
  order by greatest(p.received_at, payment.received_at) - least(p.received_at, payment.received_at), p.id
  limit 1
  on conflict do nothing;
end
$$;

-- Says what two payments were: both right, or one of them to be voided, which a second person decides. Whoever took one of them has no word.
create function collections.settle_double(double_id uuid, decision text, note text, void_id uuid default null)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_tenant uuid := access.tenant_id();
  v_double collections.doubles;
begin
  perform access.require('collections.settle');
  select d.* into v_double from collections.doubles as d where d.tenant_id = v_tenant and d.id = settle_double.double_id for update;
  if not found then
    raise exception 'These payments are not in the list. Reload the page.' using errcode = 'PT404', detail = 'double_unknown';
  end if;
  if v_double.settled_at is not null then
    raise exception 'Somebody settled this already. Reload the page.' using errcode = 'PT409', detail = 'already_settled';
  end if;
  if exists (select from collections.payments as p
    where p.tenant_id = v_tenant and p.id in (v_double.id, v_double.other_id) and p.received_by = access.member_id()) then
    raise exception 'You took one of these payments, so somebody else has to say what they were.'
      using errcode = 'PT403', detail = 'second_person_needed';
  end if;
  if coalesce(length(btrim(settle_double.note)), 0) not between 3 and 300 then
    raise exception 'Say how you know, in 3 to 300 letters.' using errcode = 'PT422', detail = 'reason_missing';
  end if;

  case settle_double.decision
    when 'both_right' then null;
    when 'void_asked' then
      if settle_double.void_id is null or settle_double.void_id not in (v_double.id, v_double.other_id) then
        raise exception 'Choose which of the two is to be voided.' using errcode = 'PT422', detail = 'payment_missing';
      end if;
      perform collections.request_void(settle_double.void_id, settle_double.note);
    else
      raise exception 'Choose whether both are right, or one is to be voided.' using errcode = 'PT422', detail = 'invalid_decision';
  end case;

  update collections.doubles as d
  set settled_at = clock.now(), settled_by = access.member_id(), decision = settle_double.decision, note = btrim(settle_double.note)
  where d.tenant_id = v_tenant and d.id = v_double.id;
  return jsonb_build_object('double_id', v_double.id, 'decision', settle_double.decision);
end
$$;
call access.stand_before_wall('collections.flag_double(collections.payments, bigint)', null);
call access.stand_before_wall('collections.settle_double(uuid, text, text, uuid)');
