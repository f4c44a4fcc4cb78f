import { useT } from '~/i18n/use-t'

type Office = {
  trade_name: string
  address: string | null
  phone: string | null
  email: string | null
}

/** Where people are, for everything this page cannot answer. */
export function Help({ tenant }: { tenant: Office }) {
  const t = useT('portal')
  if (!tenant.phone && !tenant.email && !tenant.address) return null
  const link =
    'inline-flex min-h-12 items-center font-medium text-accent-text underline underline-offset-2'

  return (
    <section className="border-t border-line pt-5">
      <h2 className="font-semibold">{t('help.title')}</h2>
      <p className="mt-1 text-soft">
        {[tenant.trade_name, tenant.address].filter(Boolean).join(', ')}
      </p>
      <p className="flex flex-wrap gap-x-6">
        {tenant.phone ? (
          <a className={link} href={`tel:${tenant.phone.replaceAll(/[^+\d]/g, '')}`}>
            {t('help.call', { phone: tenant.phone })}
          </a>
        ) : null}
        {tenant.email ? (
          <a className={link} href={`mailto:${tenant.email}`}>
            {tenant.email}
          </a>
        ) : null}
      </p>
    </section>
  )
}
