// Every screen of subscribers and strangers, found in the map of addresses, so that a new one cannot be forgotten.

import type { RouteConfigEntry } from '@remix-run/route-config'
import routes from '../../../app/routes.ts'

export type Known = { payment: string; invitation: string }

type Screen = {
  at: (known: Known) => string
  /** What is there when the screen is. */
  there?: string
}

/** Whose screens they are, and what a person who may see them opens. */
export const screens: Record<Audience, Record<string, Screen>> = {
  anybody: {
    '/': { at: () => '/' },
    '/sign-in': { at: () => '/sign-in' },
    '/sign-up': { at: () => '/sign-up' },
    '/forgot': { at: () => '/forgot' },
    '/reset': { at: () => '/reset' },
    '/auth/confirm': { at: () => '/auth/confirm?token_hash=old&type=recovery' },
    '/join/:token': { at: ({ invitation }) => `/join/${invitation}` },
    '/r/:paymentId': { at: ({ payment }) => `/r/${payment}`, there: 'main [role=status]' },
    '/*': { at: () => '/nowhere' },
  },
  subscriber: {
    '/no-access': { at: () => '/no-access' },
    '/switch': { at: () => '/switch' },
    '/portal': { at: () => '/portal' },
    '/portal/pay': { at: () => '/portal/pay' },
    '/portal/invoices': { at: () => '/portal/invoices' },
    '/portal/receipts': { at: () => '/portal/receipts' },
    '/portal/statement': { at: () => '/portal/statement' },
    '/portal/why': { at: () => '/portal/why' },
  },
}

export type Audience = 'anybody' | 'subscriber'

/** Addresses that answer without showing anything. */
export const notScreens = ['/language', '/sign-out', '/health', '/health/ready']

/** The addresses of everything that is not the office, the shells of those who work, the tools of developers, or a file. */
export function phoneRoutes(): Array<string> {
  return addressesOf(routes, '').filter(
    (address) => !/^\/(office|dev|api|collector|technician)\b/.test(address),
  )
}

function addressesOf(entries: ReadonlyArray<RouteConfigEntry>, above: string): Array<string> {
  return entries.flatMap((entry) => {
    const address = entry.path === undefined ? above : `${above}/${entry.path}`
    if (entry.children) return addressesOf(entry.children, address)
    return entry.file.endsWith('.tsx') ? [address || '/'] : []
  })
}
