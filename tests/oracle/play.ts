// The SQL that plays commands in the product's own database.

/** Plays commands one after another, each whole or not at all, by the clock and the person each names; answers the refusals. */
export const PLAY = `
create function public.play(commands jsonb, asks text, approves text) returns jsonb language plpgsql as $$
declare
  v_command jsonb;
  v_with    jsonb;
  v_request uuid;
  v_refused jsonb := '[]';
begin
  for v_command in select * from jsonb_array_elements(commands) loop
    perform set_config('linyada.clock_at', v_command ->> 'at', true), set_config('request.jwt.claims', asks, true);
    begin
      v_with := public.named((v_command ->> 'subscriber')::uuid, v_command -> 'with');
      case v_command ->> 'do'
        when 'join' then perform api.save_subscriber(v_with);
        when 'start' then perform api.start_subscription(v_with);
        when 'pay' then perform api.record_payment(v_with);
        when 'void' then
          v_request := (api.request_void((v_with ->> 'payment_id')::uuid, 'Wrong') ->> 'request_id')::uuid;
          perform set_config('request.jwt.claims', approves, true);
          perform api.approve_void(v_request);
        when 'end' then
          perform api.terminate_subscription((v_with ->> 'subscription_id')::uuid, (v_with ->> 'on_day')::date, 'Moved');
        when 'change' then perform api.change_plan(v_with);
        when 'return' then perform api.reactivate_subscription(v_with);
        when 'bill_day' then perform api.change_bill_day(v_with);
        when 'pause' then perform api.pause_subscription(v_with);
        when 'resume' then perform api.end_pause(v_with);
        when 'price' then
          perform api.set_plan_price((v_with ->> 'plan_id')::uuid, (v_with ->> 'price_minor')::bigint, (v_with ->> 'from_on')::date,
            (v_with ->> 'is_followed')::boolean);
        when 'regime' then
          perform api.save_tax_regime(v_with ->> 'regime', (v_with ->> 'rate_bp')::integer, (v_with ->> 'effective_from')::date);
        when 'run' then perform api.run_billing((v_with ->> 'period')::date);
        when 'invoice_day' then perform api.save_billing_settings(v_with);
        when 'discount' then perform api.save_plan_discount(v_with);
        when 'end_discount' then perform api.end_plan_discount((v_with ->> 'discount_id')::uuid, (v_with ->> 'for_existing')::boolean);
        when 'charge' then perform api.save_charge(v_with);
        when 'cancel_charge' then perform api.cancel_charge((v_with ->> 'charge_id')::uuid);
        when 'bill_charge' then perform api.bill_charge((v_with ->> 'charge_id')::uuid, (v_with ->> 'seen_count')::integer);
        when 'note' then perform api.issue_credit_note(v_with);
        when 'void_invoice' then perform api.void_invoice(v_with);
        when 'write_off' then perform api.write_off_invoice(v_with);
        when 'refund' then perform api.refund(v_with);
        when 'transfer' then perform api.transfer_payment(v_with);
        when 'bounce' then perform api.bounce_cheque(v_with);
        when 'certificate' then perform api.receive_certificate((v_with ->> 'payment_id')::uuid);
        when 'deposit' then perform api.take_deposit(v_with);
        when 'give_deposit' then
          if v_with ->> 'method' is null then
            perform api.apply_deposit(v_with);
          else
            perform api.return_deposit(v_with);
          end if;
        when 'buy_time' then perform api.buy_time(v_with);
        when 'cancel_time' then perform api.cancel_prepaid_period(v_with);
        when 'change_prepaid' then perform api.change_prepaid_plan((v_with ->> 'subscription_id')::uuid, (v_with ->> 'plan_id')::uuid);
        when 'waive' then perform api.waive_late_fee((v_with ->> 'late_fee_id')::uuid, 'As a favour');
        when 'spend_credit' then perform api.spend_credit((v_command ->> 'subscriber')::uuid);
      end case;
      -- Above the limit a second person makes what was asked.
      if v_command ->> 'do' in ('note', 'void_invoice', 'write_off', 'refund', 'transfer', 'give_deposit', 'cancel_time') then
        perform set_config('request.jwt.claims', approves, true);
        for v_request in select a.id from api.approvals as a where a.state = 'waiting' loop
          if api.approve_correction(v_request) ->> 'state' <> 'done' then
            raise exception 'What was asked is not approved: %', (select a.decision_note from api.approvals as a where a.id = v_request);
          end if;
        end loop;
      end if;
    exception when others then
      v_refused := v_refused || jsonb_build_object('subscriber', v_command -> 'subscriber', 'command', v_command, 'said', sqlerrm);
    end;
  end loop;
  return v_refused;
end $$;

-- What a command names by its place among the subscriber's own, by the id the product gave it.
create function public.named(subscriber uuid, command jsonb) returns jsonb language plpgsql as $$
declare
  v_invoices uuid[];
begin
  if not command ?| '{invoice_at,invoices_at,fee_at}' then
    return command;
  end if;
  v_invoices := array(select i.id from api.invoices as i where i.subscriber_id = subscriber order by i.serial);
  return command
    || case when command ->> 'invoice_at' is null then '{}' else
      jsonb_build_object('invoice_id', v_invoices[1 + (command ->> 'invoice_at')::integer],
        'period_id', (select p.id from api.prepaid_periods as p
          where p.invoice_id = v_invoices[1 + (command ->> 'invoice_at')::integer] and p.cancelled_at is null)) end
    || case when command ->> 'line_at' is null then '{}' else
      jsonb_build_object('amount_minor', null, 'lines', (
        select jsonb_build_object(l.id, (command ->> 'amount_minor')::bigint) from api.invoice_lines as l
        where l.invoice_id = v_invoices[1 + (command ->> 'invoice_at')::integer]
        order by l.line offset (command ->> 'line_at')::integer limit 1)) end
    || case when jsonb_typeof(command -> 'invoices_at') <> 'array' then '{}' else
      jsonb_build_object('invoices', (select jsonb_agg(v_invoices[1 + at::integer]) from jsonb_array_elements_text(command -> 'invoices_at') as x(at))) end
    || case when command ->> 'fee_at' is null then '{}' else
      jsonb_build_object('late_fee_id', (
        select f.id from api.late_fees as f where f.subscriber_id = subscriber
        order by f.created_at, array_position(v_invoices, f.invoice_id) offset (command ->> 'fee_at')::integer limit 1)) end;
end $$;
grant execute on function public.play(jsonb, text, text), public.named(uuid, jsonb) to authenticated;
`
