import { data, type LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { pageTexts } from '~/i18n/page-texts'
import { useT } from '~/i18n/use-t'
import { requireSubscriber } from '~/server/guard.server'
import { readPortalHome } from '~/server/portal.server'
import { LinkButton } from '~/ui/base/button'
import { Card } from '~/ui/base/card'
import { CopyButton } from '~/ui/base/copy-button'
import { Money } from '~/ui/money/money'
import { Help } from '~/ui/portal/help'

export const handle = pageTexts('portal')

export async function loader({ request }: LoaderFunctionArgs) {
  const { db, headers } = await requireSubscriber(request)
  return data({ home: await readPortalHome(db) }, { headers })
}

/** What to pay, what to say, and where. Paying itself happens with people until an ISP has a gateway. */
export default function Pay() {
  const { home } = useLoaderData<typeof loader>()
  const t = useT('portal')
  const { tenant, subscriber, balance_minor } = home
  const prepaid = home.services.filter(
    (service) => service.billing_mode === 'prepaid' && service.state !== 'terminated',
  )

  return (
    <div className="flex flex-col gap-6">
      <h1 className="text-2xl font-semibold">{t('pay.title')}</h1>
      <Card>
        <dl className="flex flex-col gap-5">
          <div>
            <dt className="text-sm text-soft">{t('pay.amount')}</dt>
            <dd className="text-[min(2rem,10vw)] leading-tight font-semibold">
              <Money minor={balance_minor} currency={tenant.currency} />
            </dd>
          </div>
          {prepaid.map((service) => (
            <div key={service.subscription_id}>
              <dt className="text-sm text-soft">{t('pay.prepaid', { plan: service.plan_name })}</dt>
              <dd className="text-xl font-semibold">
                <Money minor={service.price_minor} currency={tenant.currency} />
              </dd>
            </div>
          ))}
          <div>
            <dt className="text-sm text-soft">{t('pay.account')}</dt>
            <dd className="flex items-center gap-2 text-xl font-semibold tabular">
              {subscriber.account_no}
              <CopyButton value={subscriber.account_no} />
            </dd>
          </div>
        </dl>
      </Card>
      <ol className="flex list-decimal flex-col gap-3 pl-5">
        <li>{t('pay.office', { isp: tenant.trade_name })}</li>
        <li>{t('pay.collector')}</li>
        <li>{t('pay.wallet')}</li>
      </ol>
      <Help tenant={tenant} />
      <LinkButton to="/portal" variant="quiet" className="self-start">
        {t('back')}
      </LinkButton>
    </div>
  )
}
