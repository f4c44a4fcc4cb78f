// Founds a demo ISP the way an owner does: sign up, settings, plans, places, staff, routes.

import { randomBytes } from 'node:crypto'
import { SIGNING } from '../../app/domain/receipt-signature.ts'
import { uuid7 } from '../../app/domain/uuid7.ts'
import { BARANGAYS, type Barangay } from './people.ts'
import { type Chance, chance } from './random.ts'
import type { Person, Rpc, Stage } from './stage.ts'

export type Plan = {
  name: string
  mode: 'postpaid' | 'prepaid'
  priceMinor: number
  down: number
  up: number
  /** Its part of all subscribers. */
  share: number
}

export type Isp = {
  name: string
  legalName: string
  domain: string
  seed: number
  subscribers: number
  barangays: number
  collectors: ReadonlyArray<string>
  /** A second place of business, and the barangays it serves. */
  branch?: { code: string; name: string; address: string; barangays: ReadonlyArray<string> }
  invoiceDay: number
  isVat: boolean
  /** Charged once with the warning; 0 for none. */
  lateFeeMinor: number
  color: string
  plans: ReadonlyArray<Plan>
}

export type Login = { label: string; email: string; password: string }

export type Collector = {
  person: Person
  routeId: string
  barangays: ReadonlyArray<Barangay>
  deviceId: string
  publicKey: Awaited<ReturnType<typeof aPublicKey>>
  /** The number of the last command this phone sent. */
  sequence: number
  memberId: string
  /** Cash taken and not yet handed in. */
  onHandMinor: number
  /** Of what was short. */
  owedMinor: number
}

export type DemoIsp = {
  tenantId: string
  isp: Isp
  chance: Chance
  owner: Person
  /** May approve what the owner asks above the limit. */
  manager: Person
  cashier: Person
  collectors: ReadonlyArray<Collector>
  barangays: ReadonlyArray<Barangay>
  logins: Array<Login>
}

export const PASSWORD = 'linyada-demo'

const TIN = '123-456-789-00000'

export function newId(): string {
  return uuid7(Date.now(), randomBytes(10))
}

/** An hour of a day in the Philippines. */
export function at(day: string, time: string): Date {
  return new Date(`${day}T${time}:00+08:00`)
}

export async function foundIsp(stage: Stage, isp: Isp, startsOn: string): Promise<DemoIsp> {
  const opening = at(startsOn, '00:01')
  const logins: Array<Login> = []
  const signUp = (label: string, name: string) => {
    const email = `${name}@${isp.domain}`
    logins.push({ label: `${isp.name} · ${label}`, email, password: PASSWORD })
    return stage.signUp(email, PASSWORD)
  }

  const owner = await signUp('Owner', 'owner')
  const { tenant_id } = await owner.as(opening, (rpc) =>
    rpc<{ tenant_id: string }>('sign_up_tenant', isp.name, 'Lorna Pacana'),
  )
  // The one thing no person can do: mark an ISP as a demo.
  await stage.sql`update tenancy.tenants set is_demo = true where id = ${tenant_id}`

  const barangays = BARANGAYS.slice(0, isp.barangays)
  // A minute later, so that the set-up list can see that the settings were looked at.
  await owner.as(at(startsOn, '00:02'), (rpc, sql) => settle(rpc, sql, isp, barangays, startsOn))

  const staff = async (label: string, preset: string, name: string, login: string) => {
    const token = await owner.as(opening, async (rpc, sql) => {
      const [role] = await sql<
        Array<{ id: string }>
      >`select id from api.roles where preset = ${preset}`
      const invitation = await rpc<{ token: string }>('invite_member', {
        id: newId(),
        full_name: name,
        role_id: role?.id,
      })
      return invitation.token
    })
    const person = await signUp(label, login)
    await person.as(opening, (rpc) => rpc('accept_invitation', token, name))
    return person
  }

  const manager = await staff('Manager', 'manager', 'Delia Abragan', 'manager')
  const cashier = await staff('Cashier', 'cashier', 'Marites Velez', 'cashier')
  await staff('Technician', 'technician', 'Jun Tagarda', 'technician')

  const collectors: Array<Collector> = []
  for (const [index, name] of isp.collectors.entries()) {
    const person = await staff(
      'Collector',
      'collector',
      name,
      index === 0 ? 'collector' : `collector${index + 1}`,
    )
    collectors.push(await equip(stage, owner, person, name, index, isp, barangays, opening))
  }

  return {
    tenantId: tenant_id,
    isp,
    chance: chance(isp.seed),
    owner,
    manager,
    cashier,
    collectors,
    barangays,
    logins,
  }
}

async function settle(
  rpc: Rpc,
  sql: Parameters<Parameters<Person['as']>[1]>[1],
  isp: Isp,
  barangays: ReadonlyArray<Barangay>,
  startsOn: string,
) {
  await rpc('save_tenant', {
    trade_name: isp.name,
    legal_name: isp.legalName,
    tin: TIN,
    address: 'Corrales Avenue, Cagayan de Oro City',
    phone: '(088) 855 0100',
    email: `hello@${isp.domain}`,
    brand_color: isp.color,
  })
  await rpc('save_billing_settings', {
    invoice_day: isp.invoiceDay,
    due_days: 10,
    first_period_on: `${startsOn.slice(0, 8)}${String(isp.invoiceDay).padStart(2, '0')}`,
    collector_cash_limit_minor: 5_000_000,
  })
  if (isp.lateFeeMinor > 0) {
    await rpc('save_dunning_settings', {
      late_fee_kind: 'amount',
      late_fee_minor: isp.lateFeeMinor,
      late_fee_stages: ['warned'],
    })
  }
  if (isp.isVat) await rpc('save_tax_regime', 'vat', 1200, startsOn)
  const codes = await sql<Array<{ code: string }>>`
    select code from api.search_psgc('cagayan de oro') where barangay = any(${barangays.map(({ name }) => name)})
  `
  await rpc(
    'pick_barangays',
    codes.map(({ code }) => code),
  )
  if (isp.branch) {
    const { barangays: _, ...branch } = isp.branch
    await rpc('save_branch', { id: newId(), ...branch })
  }
  for (const plan of isp.plans) {
    await rpc('save_plan', {
      id: newId(),
      name: plan.name,
      billing_mode: plan.mode,
      prepaid_days: plan.mode === 'prepaid' ? 30 : null,
      down_mbps: plan.down,
      up_mbps: plan.up,
      price_minor: plan.priceMinor,
    })
  }
}

export const PHONE = 'Android phone'

/** The demo's phones are not real: nobody holds the other half of their keys. */
async function aPublicKey() {
  const { publicKey } = await crypto.subtle.generateKey(SIGNING, false, ['sign', 'verify'])
  const { kty, crv, x, y } = await crypto.subtle.exportKey('jwk', publicKey)
  return { kty, crv, x, y }
}

async function equip(
  stage: Stage,
  owner: Person,
  person: Person,
  name: string,
  index: number,
  isp: Isp,
  barangays: ReadonlyArray<Barangay>,
  opening: Date,
): Promise<Collector> {
  const [member] = await stage.sql<
    Array<{ id: string }>
  >`select id from access.members where user_id = ${person.userId}`
  const { id: routeId } = await owner.as(opening, (rpc) =>
    rpc<{ id: string }>('save_route', {
      id: newId(),
      name: `${name.split(' ')[0]}'s route`,
      collector_id: member?.id,
    }),
  )
  const deviceId = newId()
  const publicKey = await aPublicKey()
  await person.as(opening, (rpc) =>
    rpc('register_device', { id: deviceId, label: PHONE, public_key: publicKey }),
  )
  await owner.as(opening, (rpc) => rpc('approve_device', deviceId))
  return {
    person,
    memberId: String(member?.id),
    routeId,
    barangays: barangays.filter((_, place) => place % isp.collectors.length === index),
    deviceId,
    publicKey,
    sequence: 0,
    onHandMinor: 0,
    owedMinor: 0,
  }
}
