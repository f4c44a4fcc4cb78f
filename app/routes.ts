import { index, prefix, route, type RouteConfig } from '@remix-run/route-config'

/** The whole map of addresses, by audience. Every loader and action guards itself. */
export default [
  // Public
  index('routes/public/landing.tsx'),
  route('language', 'routes/public/language.tsx'),
  route('health', 'routes/public/health.tsx'),
  route('health/ready', 'routes/public/health.ready.tsx'),

  // Coming in
  route('sign-in', 'routes/auth/sign-in.tsx'),
  route('sign-up', 'routes/auth/sign-up.tsx'),
  route('sign-out', 'routes/auth/sign-out.tsx'),
  route('forgot', 'routes/auth/forgot.tsx'),
  route('reset', 'routes/auth/reset.tsx'),
  route('auth/confirm', 'routes/auth/confirm.tsx'),
  route('join/:token', 'routes/auth/join.tsx'),
  route('switch', 'routes/auth/switch.tsx'),
  route('no-access', 'routes/auth/no-access.tsx'),

  // Collector: a phone, often without signal. The shell document is stored on the phone.
  route('collector', 'routes/collector/layout.tsx', [
    index('routes/collector/home.tsx'),
    route('subscribers/:id', 'routes/collector/subscriber.tsx'),
    route('subscribers/:id/take', 'routes/collector/take.tsx'),
    route('subscribers/:id/visit', 'routes/collector/visit.tsx'),
    route('receipts/:paymentId', 'routes/collector/receipt.tsx'),
    route('today', 'routes/collector/today.tsx'),
    route('settings', 'routes/collector/settings.tsx'),
    route('shell', 'routes/collector/shell.tsx'),
    route('*', 'routes/collector/not-found.tsx'),
  ]),

  // Technician: the same phone, the same law.
  route('technician', 'routes/technician/layout.tsx', [
    index('routes/technician/home.tsx'),
    route('me', 'routes/technician/me.tsx'),
    route('shell', 'routes/technician/shell.tsx'),
    route('*', 'routes/technician/not-found.tsx'),
  ]),

  // Only where the embedded stack runs
  ...prefix('dev', [
    route('ui', 'routes/dev/ui.tsx'),
    route('mail', 'routes/dev/mail.tsx'),
    route('clock', 'routes/dev/clock.tsx'),
  ]),

  route('*', 'routes/public/not-found.tsx'),
] satisfies RouteConfig
