// Every screen of a phone, found in the map of addresses, so that a new one cannot be forgotten.

import type { RouteConfigEntry } from '@remix-run/route-config'
import routes from '../../../app/routes.ts'

export type Known = { payment: string; invitation: string; door: string; receipt: string }

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
  collector: {
    '/collector': { at: () => '/collector?show=all', there: 'a[href^="/collector/subscribers/"]' },
    '/collector/subscribers/:id': { at: doorAnd(''), there: 'a[href$="/take"]' },
    '/collector/subscribers/:id/take': { at: doorAnd('/take'), there: '#amount' },
    '/collector/subscribers/:id/visit': { at: doorAnd('/visit'), there: 'fieldset' },
    '/collector/subscribers/:id/fix': { at: doorAnd('/fix'), there: 'form' },
    '/collector/map': { at: () => '/collector/map', there: 'h1' },
    '/collector/receipts/:paymentId': {
      at: ({ receipt }) => `/collector/receipts/${receipt}`,
      there: 'article',
    },
    '/collector/today': { at: () => '/collector/today', there: 'h1' },
    '/collector/cash': { at: () => '/collector/cash', there: 'h1' },
    '/collector/cash/count': { at: () => '/collector/cash/count', there: 'fieldset' },
    '/collector/settings': { at: () => '/collector/settings', there: 'h1' },
    '/collector/*': { at: () => '/collector/nowhere', there: 'h1' },
  },
  technician: {
    '/technician': { at: () => '/technician', there: 'h1' },
    '/technician/me': { at: () => '/technician/me', there: 'h1' },
    '/technician/*': { at: () => '/technician/nowhere', there: 'h1' },
  },
}

function doorAnd(rest: string) {
  return ({ door }: Known) => `/collector/subscribers/${door}${rest}`
}

export type Audience = 'anybody' | 'subscriber' | 'collector' | 'technician'

/** Addresses that answer without showing anything. */
export const notScreens = [
  '/language',
  '/sign-out',
  '/health',
  '/health/ready',
  '/collector/shell',
  '/technician/shell',
]

/** The addresses of everything that is not the office, the tools of developers, or a file. */
export function phoneRoutes(): Array<string> {
  return addressesOf(routes, '').filter((address) => !/^\/(office|dev|api)\b/.test(address))
}

function addressesOf(entries: ReadonlyArray<RouteConfigEntry>, above: string): Array<string> {
  return entries.flatMap((entry) => {
    const address = entry.path === undefined ? above : `${above}/${entry.path}`
    if (entry.children) return addressesOf(entry.children, address)
    return entry.file.endsWith('.tsx') ? [address || '/'] : []
  })
}
