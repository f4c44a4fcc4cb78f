import { data, type LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { pageTexts } from '~/i18n/page-texts'
import { useT } from '~/i18n/use-t'
import { requireSubscriber } from '~/server/guard.server'
import { readPortalHome } from '~/server/portal.server'
import { LinkButton } from '~/ui/base/button'
import { BalanceHero } from '~/ui/portal/balance-hero'
import { Help } from '~/ui/portal/help'
import { InvoiceList } from '~/ui/portal/invoice-list'
import { InProgress, ReceiptList } from '~/ui/portal/receipt-list'
import { Section } from '~/ui/portal/section'
import { ServiceCard } from '~/ui/portal/service-card'

export const handle = pageTexts('portal')

export async function loader({ request }: LoaderFunctionArgs) {
  const { db, me, headers } = await requireSubscriber(request)
  return data({ home: await readPortalHome(db), today: me.tenant.today }, { headers })
}

export default function PortalHomePage() {
  const { home, today } = useLoaderData<typeof loader>()
  const t = useT('portal')
  const { tenant, services, open_invoices, recent_receipts, in_progress } = home
  const place = { today, timeZone: tenant.time_zone, currency: tenant.currency }
  const living = services.filter((service) => service.state !== 'terminated')

  return (
    <div className="flex flex-col gap-8">
      <BalanceHero home={home} place={place} />

      {in_progress.length > 0 ? <InProgress payments={in_progress} place={place} /> : null}

      <Section title={t('services.title')}>
        {living.length === 0 ? <p className="text-soft">{t('services.none')}</p> : null}
        <ul className="flex flex-col gap-3">
          {living.map((service) => (
            <ServiceCard key={service.subscription_id} service={service} place={place} />
          ))}
        </ul>
        <LinkButton to="/portal/why" variant="quiet" className="mt-2 -ml-3.5">
          {t('service.why')}
        </LinkButton>
      </Section>

      {open_invoices.length > 0 ? (
        <Section title={t('invoices.open')}>
          <InvoiceList invoices={open_invoices} place={place} />
        </Section>
      ) : null}

      <Section title={t('receipts.recent')}>
        <ReceiptList receipts={recent_receipts.slice(0, 3)} place={place} />
        {recent_receipts.length > 3 ? (
          <LinkButton to="/portal/receipts" variant="quiet" className="mt-2 -ml-3.5">
            {t('receipts.all')}
          </LinkButton>
        ) : null}
      </Section>

      <Help tenant={tenant} />
    </div>
  )
}
