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

-- Looks whether this payment may be another one of the same subscriber, taken within a day of it, for the same service. By somebody else: the
-- same amount, or one of the two had nothing to pay, because the other paid it. By the same person: the same amount, or, within the hour or by
-- another way of paying, one that had nothing to pay. Money that brings a number of its own (a wallet, a bank) is compared with cash only.
-- Two are two where the same person takes the price of each of several services, or time that is bought anew when half of the last is used up.
create function collections.flag_double(payment collections.payments, credit_minor bigint)
returns void
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_is_same boolean;
  v_is_one  boolean;
begin
  if payment.channel not in ('field', 'counter') or payment.method = 'withholding' then
    return;
  end if;
  select bool_or((p.amount_minor, p.method) = (payment.amount_minor, payment.method) and p.received_by is not distinct from payment.received_by)
  into v_is_same
  from collections.payments as p
  where p.tenant_id = payment.tenant_id and p.subscriber_id = payment.subscriber_id and p.id <> payment.id and p.stage <> 'void'
    and p.received_at between payment.received_at - interval '24 hours' and payment.received_at + interval '24 hours';
  if v_is_same is null then
    return;                                              -- nearly every payment is the only one of its day
  end if;
  v_is_one := v_is_same and flag_double.credit_minor = 0 and collections.is_one_for_each_service(payment);
  insert into collections.doubles (tenant_id, id, other_id, kind)
  select payment.tenant_id, payment.id, p.id, k.kind
  from collections.payments as p
  cross join lateral (
    select greatest(p.received_at, payment.received_at) - least(p.received_at, payment.received_at) as apart,
      p.amount_minor = payment.amount_minor and p.method = payment.method as is_same,
      flag_double.credit_minor >= least(p.amount_minor, payment.amount_minor) as had_nothing_to_pay
  ) as f
  cross join lateral (
    select case
      when p.received_by is distinct from payment.received_by then
        case when p.amount_minor = payment.amount_minor or f.had_nothing_to_pay then 'two_people' end
      when f.is_same and not v_is_one then
        case when f.apart <= interval '1 hour' then 'one_visit' else 'one_day' end
      when f.had_nothing_to_pay then
        case when f.apart <= interval '1 hour' then 'one_visit' when p.method <> payment.method then 'one_day' end end as kind
  ) as k
  where p.tenant_id = payment.tenant_id and p.subscriber_id = payment.subscriber_id and p.id <> payment.id
    and p.received_at between payment.received_at - interval '24 hours' and payment.received_at + interval '24 hours'
    and p.stage <> 'void' and p.channel in ('field', 'counter') and p.method <> 'withholding' and 'cash' in (p.method, payment.method)
    and p.subscription_id is not distinct from payment.subscription_id
    and k.kind is not null
    and not exists (
      select from billing.prepaid_periods as t
      where t.tenant_id = p.tenant_id and t.payment_id = case when p.received_at <= payment.received_at then p.id else payment.id end
        and (t.starts_at - t.bought_at) + (t.ends_at - t.starts_at) / 2 <= f.apart)
  order by f.apart, p.id
  limit 1
  on conflict do nothing;
end
$$;

-- Whether a subscriber has as many running services at the price that was paid as the same person took payments of it within a day.
create function collections.is_one_for_each_service(payment collections.payments)
returns boolean
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  v_day date := clock.today(payment.tenant_id);
begin
  return (
    select count(*)
    from service.subscriptions as u
    join service.subscription_terms as t on t.tenant_id = u.tenant_id and t.subscription_id = u.id and t.valid @> v_day
    where u.tenant_id = payment.tenant_id and u.subscriber_id = payment.subscriber_id and u.billing_mode = 'postpaid'
      and t.price_minor = payment.amount_minor
  ) >= (
    select count(*)
    from collections.payments as p
    where p.tenant_id = payment.tenant_id and p.subscriber_id = payment.subscriber_id and p.stage <> 'void'
      and (p.amount_minor, p.method) = (payment.amount_minor, payment.method)
      and p.received_by is not distinct from payment.received_by
      and p.received_at between payment.received_at - interval '24 hours' and payment.received_at + interval '24 hours');
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
call access.stand_before_wall('collections.is_one_for_each_service(collections.payments)', null);
call access.stand_before_wall('collections.settle_double(uuid, text, text, uuid)');
