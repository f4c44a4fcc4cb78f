-- The calendar of billing, and its arithmetic: periods, parts of a price, the time a payment buys.

-- The day all periods of a tenant are counted from. Day 31 stands for the last day of the month.
create function billing.anchor(invoice_day smallint)
returns date
language sql
immutable
set search_path = ''
as $$
  select make_date(2000, 1, anchor.invoice_day)
$$;

-- Boundary k of a calendar: always counted from the anchor, clamped to the end of its month.
create function billing.boundary(anchor date, k integer)
returns date
language sql
immutable
set search_path = ''
as $$
  select (boundary.anchor + make_interval(months => boundary.k))::date
$$;

-- How many calendar months lie between two days, whatever their days of the month.
create function billing.months_between(anchor date, day date)
returns integer
language sql
immutable
set search_path = ''
as $$
  select (12 * (extract(year from day) - extract(year from anchor)) + extract(month from day) - extract(month from anchor))::integer
$$;

-- The period a day lies in: [starts_on, until_on).
create function billing.period_of(anchor date, day date)
returns table (starts_on date, until_on date)
language sql
immutable
set search_path = ''
as $$
  select billing.boundary(period_of.anchor, n.k), billing.boundary(period_of.anchor, n.k + 1)
  from (
    select m.k - (billing.boundary(period_of.anchor, m.k) > period_of.day)::integer as k
    from (select billing.months_between(period_of.anchor, period_of.day) as k) as m
  ) as n
$$;

-- A part of a price by calendar day, half away from zero.
create function billing.prorate(price_minor bigint, days integer, of_days integer)
returns bigint
language sql
immutable
set search_path = ''
as $$
  select round(prorate.price_minor::numeric * prorate.days / prorate.of_days)::bigint
$$;

-- The seconds a payment buys. Never truncated in the seller's favour: a begun second is given whole.
create function billing.seconds_bought(amount_minor bigint, price_minor bigint, prepaid_days integer)
returns bigint
language sql
immutable
set search_path = ''
as $$
  select ceil(seconds_bought.amount_minor::numeric * seconds_bought.prepaid_days * 86400 / seconds_bought.price_minor)::bigint
$$;

grant execute on function billing.anchor(smallint), billing.boundary(date, integer), billing.months_between(date, date),
  billing.period_of(date, date), billing.prorate(bigint, integer, integer), billing.seconds_bought(bigint, bigint, integer)
  to authenticated, linyada_definer;
