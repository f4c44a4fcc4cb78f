import { data, type LoaderFunctionArgs } from '@remix-run/node'
import { Form, Outlet, useLoaderData, type MetaFunction } from '@remix-run/react'
import { pageTexts } from '~/i18n/page-texts'
import { useT } from '~/i18n/use-t'
import { requireSubscriber } from '~/server/guard.server'
import { Banner } from '~/ui/base/banner'
import { Button, LinkButton } from '~/ui/base/button'
import { PortalShell } from '~/ui/layout/portal-shell'

export const handle = pageTexts('portal')

export const meta: MetaFunction<typeof loader> = ({ data: loaded }) => [
  { title: loaded ? loaded.isp.name : 'Linyada' },
]

export async function loader({ request }: LoaderFunctionArgs) {
  const { me, headers } = await requireSubscriber(request)
  const { trade_name, brand_color, logo_path, is_demo } = me.tenant
  return data(
    {
      isp: { name: trade_name, brandColor: brand_color, logoUrl: logo_path },
      isDemo: is_demo,
      hasOtherPlaces: me.contexts.length > 1,
    },
    { headers },
  )
}

export default function PortalLayout() {
  const { isp, isDemo, hasOtherPlaces } = useLoaderData<typeof loader>()
  const t = useT('portal')

  return (
    <PortalShell
      isp={isp}
      tabs={[
        { to: '/portal', label: t('tab.home'), end: true },
        { to: '/portal/invoices', label: t('tab.invoices') },
        { to: '/portal/receipts', label: t('tab.receipts') },
        { to: '/portal/statement', label: t('tab.statement') },
      ]}
      account={
        <div className="flex items-center gap-1">
          {hasOtherPlaces ? (
            <LinkButton to="/switch" variant="quiet" size="small">
              {t('switch')}
            </LinkButton>
          ) : null}
          <Form method="post" action="/sign-out">
            <Button type="submit" variant="quiet" size="small">
              {t('sign_out')}
            </Button>
          </Form>
        </div>
      }
      banner={
        isDemo ? (
          <div className="mx-auto max-w-3xl px-4 py-2">
            <Banner kind="demo">{t('demo')}</Banner>
          </div>
        ) : null
      }
    >
      <Outlet />
    </PortalShell>
  )
}
