// What every request depends on: the embedded Data API keeps Supabase's promises.

import { expect, test, vi } from 'vitest'
import { ownApi } from './api.ts'
import type { OwnDatabase } from './database.ts'

/** A small shop in a schema nobody exposes, with views and functions in `api`. */
async function openShop({ sql }: OwnDatabase) {
  await sql.unsafe(`
    create schema shop;
    grant usage on schema shop to authenticated;
    create table shop.customers (
      tenant_id int not null, id int not null, name text not null, primary key (tenant_id, id)
    );
    create table shop.orders (
      tenant_id int not null, id int not null, customer_id int not null, amount_minor bigint not null,
      primary key (tenant_id, id),
      constraint orders_customer_fkey foreign key (tenant_id, customer_id) references shop.customers
    );
    insert into shop.customers values (1, 1, 'Ana'), (1, 2, 'Ben'), (2, 1, 'Zoe');
    insert into shop.orders values (1, 1, 1, 100), (1, 2, 1, 9007199254740993), (1, 3, 2, 300), (2, 1, 1, 900);
    alter table shop.customers enable row level security;
    alter table shop.orders enable row level security;
    create policy customers_read on shop.customers for select to authenticated using (tenant_id = 1);
    create policy orders_read on shop.orders for select to authenticated using (tenant_id = 1);
    grant select on shop.customers, shop.orders to authenticated;

    create view api.shop_customers with (security_invoker = true) as select tenant_id, id, name from shop.customers;
    create view api.shop_orders with (security_invoker = true) as
      select tenant_id, id, customer_id, amount_minor from shop.orders;
    grant select on api.shop_customers, api.shop_orders to authenticated;

    create function api.shop_who() returns jsonb language sql stable set search_path = '' as $$
      select jsonb_build_object('role', current_user, 'uid', auth.uid(), 'claims', auth.jwt()) $$;
    create function api.shop_echo(note text, facts jsonb, tags text[] default '{}') returns jsonb
      language sql set search_path = '' as $$ select jsonb_build_object('note', note, 'facts', facts, 'tags', tags) $$;
    create function api.shop_sums(at_least bigint) returns table (customer_id int, total bigint)
      language sql stable set search_path = '' as $$
        select o.customer_id, sum(o.amount_minor)::bigint from shop.orders as o
        group by o.customer_id having sum(o.amount_minor) >= at_least order by 1 $$;
    create function api.shop_orders_of(customer_id int) returns setof shop.orders
      language sql stable set search_path = '' as $$
        select * from shop.orders as o where o.customer_id = shop_orders_of.customer_id order by o.id $$;
    create function api.shop_one() returns shop.customers language sql stable set search_path = '' as $$
      select * from shop.customers order by id limit 1 $$;
    create function api.shop_json() returns json language sql set search_path = '' as $$ select '{"b":1,"a":[1,2]}'::json $$;
    create function api.shop_count() returns bigint language sql set search_path = '' as $$ select count(*) from shop.orders $$;
    create function api.shop_nothing() returns void language sql set search_path = '' as '';
    create function api.shop_refuse(code text) returns void language plpgsql set search_path = '' as $$
      begin raise exception 'Not today' using errcode = code, detail = 'shop_closed', hint = 'Come back'; end $$;
    create function api.shop_write() returns void language sql set search_path = '' as $$
      insert into shop.customers values (1, 9, 'Mallory') $$;
    grant execute on function api.shop_who, api.shop_echo, api.shop_sums, api.shop_orders_of, api.shop_one,
      api.shop_json, api.shop_count, api.shop_nothing, api.shop_refuse, api.shop_write to authenticated;
  `)
}

async function signedIn() {
  const api = await ownApi(openShop)
  const client = api.client()
  const email = 'ana@example.com'
  const { data, error } = await client.auth.signUp({ email, password: 'a long secret' })
  expect(error).toBeNull()
  return { api, client, user: data.user }
}

test('a request runs as the person of its token, and as nobody without one', async () => {
  const { api, client, user } = await signedIn()

  const { data } = await client.rpc('shop_who' as never)
  expect(data).toMatchObject({ role: 'authenticated', uid: user?.id })
  expect(data).toMatchObject({ claims: { session_id: expect.any(String), email: user?.email } })

  const nobody = await api.client().rpc('shop_who' as never)
  expect(nobody).toMatchObject({ status: 401, error: { code: '42501' } })
  const forged = await fetch(`${api.apiUrl}/rest/v1/shop_orders`, {
    headers: { apikey: api.publishableKey, authorization: 'Bearer e30.e30.e30' },
  })
  expect(forged.status).toBe(401)
  expect((await fetch(`${api.apiUrl}/rest/v1/shop_orders`)).status).toBe(401)
})

test('row policies hold, and only schema api can be reached', async () => {
  const { api, client } = await signedIn()

  const seen = await client.from('shop_customers').select('tenant_id, name').order('name')
  expect(seen.data).toEqual([
    { tenant_id: 1, name: 'Ana' },
    { tenant_id: 1, name: 'Ben' },
  ])
  expect(
    (
      await client
        .schema('shop' as never)
        .from('customers')
        .select()
    ).error,
  ).toMatchObject({
    code: 'PGRST106',
  })
  // The package also complains on the console when a name is unknown.
  vi.mocked(console.error).mockImplementation(() => {})
  expect((await client.from('customers').select()).error).toMatchObject({ code: 'PGRST205' })
  vi.mocked(console.error).mockReset()
  expect(
    (
      await client
        .schema('auth' as never)
        .from('users')
        .select()
    ).status,
  ).toBe(406)
  expect(
    (await client.from('shop_customers').insert({ tenant_id: 1, id: 5, name: 'x' } as never)).error,
  ).toMatchObject({ code: '42501' })
  expect((await client.rpc('shop_write' as never)).error).toMatchObject({ code: '42501' })

  // The package would like to grant everything on guarded tables. It must not have.
  const [grants] = await api.sql`
    select has_table_privilege('authenticated', 'shop.orders', 'insert') as insert,
           has_table_privilege('anon', 'shop.orders', 'select') as anon
  `
  expect(grants).toEqual({ insert: false, anon: false })
})

test('reads filter, count, order, page and embed through views', async () => {
  const { client } = await signedIn()

  const page = await client
    .from('shop_orders')
    .select('id, amount_minor', { count: 'exact' })
    .gte('amount_minor', 100)
    .order('id', { ascending: false })
    .range(0, 1)
  expect(page).toMatchObject({ count: 3, data: [{ id: 3 }, { id: 2 }] })

  const embedded = await client
    .from('shop_orders')
    .select('id, customer:shop_customers(name)')
    .order('id')
    .limit(1)
  expect(embedded).toMatchObject({ error: null, data: [{ id: 1, customer: { name: 'Ana' } }] })

  const reverse = await client
    .from('shop_customers')
    .select('name, shop_orders(id)')
    .eq('shop_orders.id', 3)
    .order('name')
  expect(reverse.data).toEqual([
    { name: 'Ana', shop_orders: [] },
    { name: 'Ben', shop_orders: [{ id: 3 }] },
  ])
  expect(
    (await client.from('shop_customers').select('name').or('id.eq.2,name.ilike.a%')).data,
  ).toHaveLength(2)
  expect((await client.from('shop_orders').select().eq('id', 77).maybeSingle()).data).toBeNull()
  expect((await client.from('shop_orders').select('*', { count: 'exact', head: true })).count).toBe(
    3,
  )
})

test('every filter of an address holds, also where several stand on one column', async () => {
  const { client } = await signedIn()
  const names = async (filters: (asked: ReturnType<typeof customers>) => PromiseLike<unknown>) => {
    const { data } = (await filters(customers())) as { data: Array<{ name: string }> }
    return data.map(({ name }) => name)
  }
  const customers = () => client.from('shop_customers').select('name').order('name')

  expect(await names((asked) => asked.ilike('name', '%n%').ilike('name', 'a%'))).toEqual(['Ana'])
  expect(await names((asked) => asked.ilike('name', 'a%').ilike('name', '%n%'))).toEqual(['Ana'])
  expect(await names((asked) => asked.ilike('name', '%n%').ilike('name', '%, (%'))).toEqual([])
  expect(
    await names((asked) => asked.or('id.eq.1,id.eq.2').or('name.eq.Ben,name.ilike.*z*')),
  ).toEqual(['Ben'])
  expect(await names((asked) => asked.neq('id', 1).neq('id', 2).or('id.eq.1,id.eq.2'))).toEqual([])
  expect(await names((asked) => asked.in('id', [1, 2]).in('id', [2, 3]))).toEqual(['Ben'])
})

test('functions take named and json arguments and answer in every shape', async () => {
  const { client } = await signedIn()
  const call = async (name: string, input?: object) =>
    (await client.rpc(name as never, input as never)).data

  expect(
    await call('shop_echo', { note: 'ñ ₱', facts: { a: [1, { b: null }] }, tags: ['x', 'y'] }),
  ).toEqual({
    note: 'ñ ₱',
    facts: { a: [1, { b: null }] },
    tags: ['x', 'y'],
  })
  expect(await call('shop_echo', { note: 'list', facts: [1, 2] })).toMatchObject({
    facts: [1, 2],
    tags: [],
  })
  expect(await call('shop_echo', { note: 'text', facts: 'plain' })).toMatchObject({
    facts: 'plain',
  })
  expect(await call('shop_echo', { note: 'null', facts: null })).toMatchObject({ facts: null })
  expect(await call('shop_sums', { at_least: 300 })).toMatchObject([
    { customer_id: 1 },
    { customer_id: 2 },
  ])
  expect(await call('shop_orders_of', { customer_id: 2 })).toEqual([
    { tenant_id: 1, id: 3, customer_id: 2, amount_minor: 300 },
  ])
  expect(await call('shop_one')).toEqual({ tenant_id: 1, id: 1, name: 'Ana' })
  expect(await call('shop_json')).toEqual({ b: 1, a: [1, 2] })
  expect(await call('shop_count')).toBe(3)
  expect(await call('shop_nothing')).toBeNull()
  expect(await client.rpc('shop_nothing' as never)).toMatchObject({ status: 204, error: null })
  expect(await client.rpc('shop_missing' as never)).toMatchObject({
    status: 404,
    error: { code: 'PGRST202' },
  })
})

test.each([
  ['PT409', 409],
  ['PT403', 403],
  ['PT422', 422],
  ['P0001', 400],
  ['23505', 409],
  ['40001', 500],
])('a refusal with %s is answered with %i, its code, message and detail', async (code, status) => {
  const { client } = await signedIn()

  expect(await client.rpc('shop_refuse' as never, { code } as never)).toMatchObject({
    status,
    error: { code, message: 'Not today', details: 'shop_closed', hint: 'Come back' },
  })
})

test('no other origin is let in', async () => {
  const { api } = await signedIn()
  const response = await fetch(`${api.apiUrl}/rest/v1/shop_orders`, {
    headers: { apikey: api.publishableKey, origin: 'https://elsewhere.example' },
  })
  expect(response.headers.get('access-control-allow-origin')).toBeNull()
})
