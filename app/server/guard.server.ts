import { redirect } from '@remix-run/node'
import { openSupabase, type Db } from './supabase.server'
import { DatabaseFailure } from './refusal.server'

/**
 * Who asks, and may they. Every loader and action calls one of these itself: a parent's guard
 * protects nobody. The database is asked once a request, and answers only for a living membership.
 */

export type Tenant = {
  id: string
  trade_name: string
  slug: string
  time_zone: string
  currency: string
  brand_color: string | null
  logo_path: string | null
  is_demo: boolean
  /** The civil day at the ISP. */
  today: string
}

export type Home = 'office' | 'collector' | 'technician' | 'portal'

export type Context = {
  tenant_id: string
  trade_name: string
  actor: 'member' | 'subscriber'
  actor_id: string
  /** The role's name, or the account number. */
  label: string
  home: Home
}

export type Me = {
  user_id: string
  full_name: string | null
  email: string | null
  phone: string | null
  locale: string
  actor: 'member' | 'subscriber' | null
  actor_id: string | null
  /** Set although `tenant` is null when the token outlived the membership. */
  claimed_tenant_id: string | null
  subscriber_id: string | null
  tenant: Tenant | null
  role: { id: string; name: string; home: Home; is_owner: boolean } | null
  permissions: Array<string>
  contexts: Array<Context>
}

type AtHome = Me & { tenant: Tenant; actor_id: string }
export type MemberMe = AtHome & { actor: 'member'; role: NonNullable<Me['role']> }
export type SubscriberMe = AtHome & { actor: 'subscriber'; subscriber_id: string }

/** What a guard hands on. Answers must carry `headers`: they may hold a renewed session. */
export type Entry<M> = { db: Db; me: M; headers: Headers }

/** Anyone signed in, whether they belong to an ISP or not. */
export async function requireUser(request: Request): Promise<Entry<Me>> {
  const entry = await enter(request)
  if (!entry.me) throw signedOut(request, entry.headers)
  return { ...entry, me: entry.me }
}

/** For pages that greet who is there and serve who is not. */
export async function optionalUser(request: Request): Promise<Entry<Me | null>> {
  return enter(request)
}

/** A living member of an ISP, and where a permission is named, one who holds it. */
export async function requireMember(
  request: Request,
  permission?: string | ReadonlyArray<string>,
): Promise<Entry<MemberMe>> {
  const { db, me, headers } = await requireLivingContext(request)
  if (!isMember(me)) throw wrongAudience(request, me, 'member', headers)
  const enough = typeof permission === 'string' ? [permission] : permission
  if (enough && !enough.some((one) => me.permissions.includes(one))) {
    throw refused(request, 'permission_missing', headers)
  }
  return { db, me, headers }
}

export async function requireSubscriber(request: Request): Promise<Entry<SubscriberMe>> {
  const { db, me, headers } = await requireLivingContext(request)
  if (!isSubscriber(me)) throw wrongAudience(request, me, 'subscriber', headers)
  return { db, me, headers }
}

async function requireLivingContext(request: Request): Promise<Entry<Me>> {
  const entry = await requireUser(request)
  if (entry.me.tenant) return entry

  // The membership may have changed since the token was made: a new token says how it is now.
  const renewed = await enterAgain(request)
  if (!renewed.me) throw signedOut(request, renewed.headers)
  const claimed = entry.me.claimed_tenant_id
  const isSamePlace = claimed === null || renewed.me.tenant?.id === claimed
  if (renewed.me.tenant && isSamePlace) return { ...renewed, me: renewed.me }

  // Never slip into another ISP by ourselves: what the person just sent was meant for this one.
  if (isForPrograms(request)) throw refused(request, 'membership_ended', renewed.headers)
  throw redirect('/no-access?ended', { headers: renewed.headers })
}

function isMember(me: Me): me is MemberMe {
  return me.tenant !== null && me.actor === 'member' && me.role !== null
}

function isSubscriber(me: Me): me is SubscriberMe {
  return me.tenant !== null && me.actor === 'subscriber' && me.subscriber_id !== null
}

/** A person may be staff here and a customer there; they choose as whom they go on. */
function wrongAudience(request: Request, me: Me, wanted: Context['actor'], headers: Headers) {
  const canSwitch = me.contexts.some((context) => context.actor === wanted)
  if (!canSwitch || isForPrograms(request)) return refused(request, 'wrong_audience', headers)
  return redirect(`/switch?to=${encodeURIComponent(pathOf(request))}`, { headers })
}

function signedOut(request: Request, headers: Headers) {
  if (isForPrograms(request)) return refused(request, 'signed_out', headers, 401)
  const to = request.method === 'GET' ? pathOf(request) : (pathOfPage(request) ?? '/')
  return redirect(`/sign-in?to=${encodeURIComponent(to)}`, { headers })
}

const sentences: Record<string, string> = {
  permission_missing: 'Your role does not include this. Ask the owner of your ISP if you need it.',
  wrong_audience: 'This page is for others. Sign in as the one it is for.',
}

/** A page shows its error boundary; a file, opened in a tab of its own, shows the sentence. */
function refused(request: Request, reason: string, headers: Headers, status = 403) {
  if (isForPrograms(request)) return Response.json({ reason }, { status, headers })
  const answer = new Headers(headers)
  answer.set('Content-Type', 'text/plain; charset=utf-8')
  return new Response(sentences[reason] ?? reason, { status, headers: answer })
}

/** The phone's own requests: it wants a reason, never a page. */
function isForPrograms(request: Request) {
  return new URL(request.url).pathname.startsWith('/api/')
}

/** The page behind the request, without what Remix adds when it only fetches data. */
function pathOf(request: Request) {
  const url = new URL(request.url)
  url.searchParams.delete('_routes')
  url.searchParams.delete('index')
  return url.pathname.replace(/(\/_root)?\.data$/, '') + url.search || '/'
}

function pathOfPage(request: Request) {
  const referrer = request.headers.get('referer')
  if (!referrer || !URL.canParse(referrer)) return undefined
  const { pathname, search } = new URL(referrer)
  return pathname + search
}

// Asking once ------------------------------------------------------------------------------------

const KEPT_MILLISECONDS = 30_000

/**
 * Remix gives each loader its own Request; what they share is the id our server gave it. The cookie
 * belongs to the key, so that no id, however chosen, opens another person's answer.
 */
const asked = new Map<string, Promise<Entry<Me | null>>>()

function enter(request: Request): Promise<Entry<Me | null>> {
  return remembered(request, 'first', () => ask(request))
}

function enterAgain(request: Request): Promise<Entry<Me | null>> {
  return remembered(request, 'again', () => askAgain(request))
}

function remembered(request: Request, step: string, make: () => Promise<Entry<Me | null>>) {
  const id = request.headers.get('x-request-id')
  if (!id) return make()
  const key = [id, request.method, step, request.headers.get('cookie')].join(' ')
  const known = asked.get(key)
  if (known) return known

  const answer = make()
  asked.set(key, answer)
  setTimeout(() => asked.delete(key), KEPT_MILLISECONDS).unref()
  return answer
}

async function ask(request: Request): Promise<Entry<Me | null>> {
  const { db, headers } = openSupabase(request)
  const { data: stored } = await db.auth.getSession()
  if (!stored.session) return { db, headers, me: null }
  return { db, headers, me: await readMe(db) }
}

async function askAgain(request: Request): Promise<Entry<Me | null>> {
  const { db, headers } = openSupabase(request)
  const { data: renewed } = await db.auth.refreshSession()
  if (!renewed.session) return { db, headers, me: null }
  return { db, headers, me: await readMe(db) }
}

/** Null when the token is not, or no longer, good: the Data API is the judge of that. */
export async function readMe(db: Db): Promise<Me | null> {
  const { data: me, error, status } = await db.rpc('me')
  if (status === 401) return null
  if (error) throw new DatabaseFailure(error)
  return me as Me | null
}
