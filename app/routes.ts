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

  // What the phone asks for, as JSON
  ...prefix('api', [
    route('me', 'routes/api/me.ts'),
    route('device', 'routes/api/device.ts'),
    route('receipts', 'routes/api/receipts.ts'),
    route('sync/push', 'routes/api/sync.push.ts'),
    route('sync/pull', 'routes/api/sync.pull.ts'),
  ]),

  // Office: a desktop, all day.
  route('office', 'routes/office/layout.tsx', [
    route('billing', 'routes/office/billing.tsx'),
    route('billing/preview', 'routes/office/billing.preview.tsx'),
    route('billing/runs/:runId', 'routes/office/billing.run.tsx'),
    route('invoices', 'routes/office/invoices.tsx'),
    route('invoices/export', 'routes/office/invoices.export.ts'),
    route('invoices/:invoiceId', 'routes/office/invoices.detail.tsx'),

    route('payments', 'routes/office/payments.tsx'),
    route('payments/new', 'routes/office/payments.new.tsx'),
    route('payments/subscribers', 'routes/office/payments.subscribers.ts'),
    route('payments/effect', 'routes/office/payments.effect.ts'),
    route('payments/export', 'routes/office/payments.export.ts'),
    route('payments/voids', 'routes/office/payments.voids.tsx'),
    route('payments/:paymentId', 'routes/office/payments.detail.tsx'),
    route('payments/:paymentId/receipt', 'routes/office/payments.receipt.tsx'),

    route('collections', 'routes/office/collections.tsx'),
    route('collections/day', 'routes/office/collections.day.tsx'),
    route('collections/day/export', 'routes/office/collections.day-export.ts'),
    route('collections/collectors/:collectorId', 'routes/office/collections.collector.tsx'),
    route('collections/parked', 'routes/office/collections.parked.tsx'),
    route('collections/devices', 'routes/office/collections.devices.tsx'),

    route('reports', 'routes/office/reports.tsx'),
    route('reports/daily-collection', 'routes/office/reports.daily-collection.tsx'),
    route('reports/daily-collection/export', 'routes/office/reports.daily-collection-export.ts'),
    route('reports/trial-balance', 'routes/office/reports.trial-balance.tsx'),
    route('reports/trial-balance/export', 'routes/office/reports.trial-balance-export.ts'),
    route('ledger', 'routes/office/ledger.tsx'),
    route('audit', 'routes/office/audit.tsx'),
  ]),

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
