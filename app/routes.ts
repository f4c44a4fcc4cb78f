import { index, layout, prefix, route, type RouteConfig } from '@remix-run/route-config'

/** The whole map of addresses, by audience. Every loader and action guards itself. */
export default [
  // Public
  index('routes/public/landing.tsx'),
  route('language', 'routes/public/language.tsx'),
  route('r/:paymentId', 'routes/public/receipt.tsx'),
  route('logo/:version', 'routes/public/logo.ts'),
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

  // Receipts, for anybody who holds one
  route('api/receipt-check', 'routes/api/receipt-check.ts'),
  route('api/receipt-keys/:tenantId', 'routes/api/receipt-keys.ts'),

  // What the phone asks for, as JSON
  ...prefix('api', [
    route('me', 'routes/api/me.ts'),
    route('technician', 'routes/api/technician.ts'),
    route('device', 'routes/api/device.ts'),
    route('device/recovery', 'routes/api/device.recovery.ts'),
    route('device/wiped', 'routes/api/device.wiped.ts'),
    route('receipts', 'routes/api/receipts.ts'),
    route('sync/push', 'routes/api/sync.push.ts'),
    route('sync/pull', 'routes/api/sync.pull.ts'),
  ]),

  // Portal: the subscriber's own phone. Documents stand outside the layout: they are files.
  route('portal', 'routes/portal/layout.tsx', [
    index('routes/portal/home.tsx'),
    route('pay', 'routes/portal/pay.tsx'),
    route('invoices', 'routes/portal/invoices.tsx'),
    route('receipts', 'routes/portal/receipts.tsx'),
    route('statement', 'routes/portal/statement.tsx'),
    route('why', 'routes/portal/why.tsx'),
  ]),
  route('portal/invoices/:invoiceId/pdf', 'routes/portal/invoices.pdf.ts'),
  route('portal/receipts/:paymentId/pdf', 'routes/portal/receipts.pdf.ts'),
  route('portal/credit-notes/:noteId/pdf', 'routes/portal/credit-notes.pdf.ts'),
  route('portal/statement.pdf', 'routes/portal/statement.pdf.ts'),

  // Papers of the office
  route('office/invoices/:invoiceId/pdf', 'routes/office/invoices.pdf.ts'),
  route('office/credit-notes/:noteId/pdf', 'routes/office/credit-notes.pdf.ts'),
  route('office/billing/runs/:runId/papers.pdf', 'routes/office/billing.run-papers.ts'),
  route('office/payments/:paymentId/receipt.pdf', 'routes/office/payments.receipt-pdf.ts'),
  route('office/subscribers/:id/statement.pdf', 'routes/office/subscribers.statement-pdf.ts'),

  // Office: a desktop, all day.
  route('office', 'routes/office/layout.tsx', [
    layout('routes/office/content.tsx', [
      index('routes/office/today.tsx'),
      route('search', 'routes/office/search.ts'),

      route('subscribers', 'routes/office/subscribers.tsx'),
      route('subscribers/new', 'routes/office/subscribers.new.tsx'),
      route('subscribers/export', 'routes/office/subscribers.export.ts'),
      route('subscribers/:subscriberId', 'routes/office/subscribers.record.tsx', [
        index('routes/office/subscribers.overview.tsx'),
        route('invoices', 'routes/office/subscribers.invoices.tsx'),
        route('payments', 'routes/office/subscribers.payments.tsx'),
        route('charges', 'routes/office/subscribers.charges.tsx'),
        route('statement', 'routes/office/subscribers.statement.tsx'),
        route('standing', 'routes/office/subscribers.standing.tsx'),
        route('history', 'routes/office/subscribers.history.tsx'),
      ]),
      route('subscribers/:subscriberId/edit', 'routes/office/subscribers.edit.tsx'),
      route('subscribers/:subscriberId/invite', 'routes/office/subscribers.invite.ts'),
      route('subscribers/:subscriberId/logins', 'routes/office/subscribers.logins.ts'),
      route('subscribers/:subscriberId/charges/new', 'routes/office/subscribers.charge-new.tsx'),
      route('subscribers/:subscriberId/prepaid', 'routes/office/subscribers.prepaid.ts'),
      route('subscribers/:subscriberId/services', 'routes/office/subscribers.services.ts'),
      route('subscribers/:subscriberId/services/new', 'routes/office/subscribers.service-new.tsx'),
      route(
        'subscribers/:subscriberId/services/:serviceId',
        'routes/office/subscribers.service.tsx',
      ),
      route(
        'subscribers/:subscriberId/services/:serviceId/quote',
        'routes/office/subscribers.service-quote.ts',
      ),
      route('import', 'routes/office/import.tsx'),
      route('import/template', 'routes/office/import.template.ts'),
      route('map', 'routes/office/map.tsx'),

      route('settings', 'routes/office/settings.tsx', [
        index('routes/office/settings.isp.tsx'),
        route('billing', 'routes/office/settings.billing.tsx'),
        route('late', 'routes/office/settings.late.tsx'),
        route('late/preview', 'routes/office/settings.late-preview.ts'),
        route('tax', 'routes/office/settings.tax.tsx'),
        route('plans', 'routes/office/plans.tsx'),
        route('plans/new', 'routes/office/plans.new.tsx'),
        route('plans/:planId', 'routes/office/plans.detail.tsx'),
        route('places', 'routes/office/places.tsx'),
        route('routes', 'routes/office/routes.tsx'),
        route('routes/:routeId', 'routes/office/routes.detail.tsx'),
        route('staff', 'routes/office/staff.tsx'),
        route('staff/invite', 'routes/office/staff.invite.ts'),
        route('roles', 'routes/office/roles.tsx'),
        route('roles/:roleId', 'routes/office/roles.detail.tsx'),
      ]),

      route('billing', 'routes/office/billing.tsx'),
      route('billing/watch', 'routes/office/billing.watch.ts'),
      route('billing/exceptions', 'routes/office/billing.exceptions.ts'),
      route('billing/preview', 'routes/office/billing.preview.tsx'),
      route('billing/runs/:runId', 'routes/office/billing.run.tsx'),
      route('billing/papers', 'routes/office/billing.papers.ts'),
      route('late', 'routes/office/dunning.tsx'),
      route('late/export', 'routes/office/dunning.export.ts'),
      route('promises', 'routes/office/promises.tsx'),
      route('late-fees', 'routes/office/late-fees.tsx'),
      route('deposits', 'routes/office/deposits.tsx'),
      route('invoices', 'routes/office/invoices.tsx'),
      route('invoices/export', 'routes/office/invoices.export.ts'),
      route('invoices/new', 'routes/office/invoices.new.tsx'),
      route('invoices/drafts', 'routes/office/invoices.drafts.tsx'),
      route('invoices/drafts/export', 'routes/office/invoices.drafts-export.ts'),
      route('invoices/drafts/:draftId', 'routes/office/invoices.draft.tsx'),
      route('invoices/:invoiceId', 'routes/office/invoices.detail.tsx'),
      route('invoices/:invoiceId/credit', 'routes/office/invoices.credit.tsx'),
      route('invoices/:invoiceId/credit-effect', 'routes/office/invoices.credit-effect.ts'),
      route('credit-notes', 'routes/office/credit-notes.tsx'),
      route('credit-notes/export', 'routes/office/credit-notes.export.ts'),
      route('credit-notes/:noteId', 'routes/office/credit-notes.detail.tsx'),

      route('payments', 'routes/office/payments.tsx'),
      route('payments/new', 'routes/office/payments.new.tsx'),
      route('payments/subscribers', 'routes/office/payments.subscribers.ts'),
      route('payments/effect', 'routes/office/payments.effect.ts'),
      route('payments/export', 'routes/office/payments.export.ts'),
      route('payments/certificates', 'routes/office/payments.certificates.tsx'),
      route('payments/certificates/export', 'routes/office/payments.certificates-export.ts'),
      route('payments/:paymentId', 'routes/office/payments.detail.tsx'),
      route('payments/:paymentId/receipt', 'routes/office/payments.receipt.tsx'),

      route('approvals', 'routes/office/approvals.tsx'),
      route('approvals/export', 'routes/office/approvals.export.ts'),

      route('collections', 'routes/office/collections.tsx'),
      route('collections/day', 'routes/office/collections.day.tsx'),
      route('collections/day/export', 'routes/office/collections.day-export.ts'),
      route('collections/collectors/:collectorId', 'routes/office/collections.collector.tsx'),
      route(
        'collections/collectors/:collectorId/hand-in',
        'routes/office/collections.remittance-new.tsx',
      ),
      route('collections/remittances', 'routes/office/collections.remittances.tsx'),
      route('collections/remittances/:remittanceId', 'routes/office/collections.remittance.tsx'),
      route('collections/deposits', 'routes/office/collections.deposits.tsx'),
      route('collections/deposits/new', 'routes/office/collections.deposit-new.tsx'),
      route('collections/deposits/:depositId/photo', 'routes/office/collections.deposit-photo.ts'),
      route('collections/parked', 'routes/office/collections.parked.tsx'),
      route('collections/parked/phone/:deviceId', 'routes/office/collections.parked-phone.tsx'),
      route('collections/doubles', 'routes/office/collections.doubles.tsx'),
      route('collections/watch', 'routes/office/collections.watch.tsx'),
      route('collections/receipts', 'routes/office/collections.receipts.tsx'),
      route('collections/devices', 'routes/office/collections.devices.tsx'),
      route('collections/rescue', 'routes/office/collections.rescue.tsx'),

      route('reports', 'routes/office/reports.tsx'),
      route('reports/daily-collection', 'routes/office/reports.daily-collection.tsx'),
      route('reports/daily-collection/export', 'routes/office/reports.daily-collection-export.ts'),
      route('reports/trial-balance', 'routes/office/reports.trial-balance.tsx'),
      route('reports/trial-balance/export', 'routes/office/reports.trial-balance-export.ts'),
      route('reports/periods', 'routes/office/reports.periods.tsx'),
      route('reports/books/sales', 'routes/office/books.sales.tsx'),
      route('reports/books/cash', 'routes/office/books.cash.tsx'),
      route('reports/books/journal', 'routes/office/books.journal.tsx'),
      route('reports/books/:book/export', 'routes/office/books.export.ts'),
      route('ledger', 'routes/office/ledger.tsx'),
      route('lists/:list/export', 'routes/office/lists.export.ts'),
      route('audit', 'routes/office/audit.tsx'),
    ]),
  ]),

  // Collector: a phone, often without signal. The shell document is stored on the phone.
  route('collector', 'routes/collector/layout.tsx', [
    index('routes/collector/home.tsx'),
    route('subscribers/:id', 'routes/collector/subscriber.tsx'),
    route('subscribers/:id/take', 'routes/collector/take.tsx'),
    route('subscribers/:id/visit', 'routes/collector/visit.tsx'),
    route('subscribers/:id/fix', 'routes/collector/fix.tsx'),
    route('map', 'routes/collector/map.tsx'),
    route('receipts/:paymentId', 'routes/collector/receipt.tsx'),
    route('today', 'routes/collector/today.tsx'),
    route('cash', 'routes/collector/cash.tsx'),
    route('cash/count', 'routes/collector/cash-count.tsx'),
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
