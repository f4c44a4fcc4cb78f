import type { Context, Home, Me } from './guard.server'

/** Where a person stands: which ISP, as what. One person may have several. */

const homes: Record<Home, string> = {
  office: '/office',
  collector: '/collector',
  technician: '/technician',
  portal: '/portal',
}

export function pathOfHome(home: string): string {
  return Object.hasOwn(homes, home) ? homes[home as Home] : '/'
}

/** The first screen of whoever is signed in. */
export function landingOf(me: Me): string {
  if (!me.tenant) return '/no-access'
  return me.actor === 'subscriber' ? homes.portal : pathOfHome(me.role?.home ?? 'office')
}

/** One context as a form field. */
export function keyOfContext(context: Pick<Context, 'actor' | 'tenant_id' | 'actor_id'>): string {
  return [context.tenant_id, context.actor, context.actor_id].join('/')
}

export function contextOfKey(me: Me, key: unknown): Context | undefined {
  return me.contexts.find((context) => keyOfContext(context) === key)
}

/** The contexts as a list or menu shows them. */
export function contextChoices(me: Me) {
  return me.contexts.map((context) => ({
    id: keyOfContext(context),
    tradeName: context.trade_name,
    label: context.label,
    isSubscriber: context.actor === 'subscriber',
    isCurrent: context.tenant_id === me.tenant?.id && context.actor_id === me.actor_id,
  }))
}
