import { data, type LoaderFunctionArgs } from '@remix-run/node'
import { Outlet, useLoaderData } from '@remix-run/react'
import { pageTexts } from '~/i18n/page-texts'
import { useT } from '~/i18n/use-t'
import { requireMember } from '~/server/guard.server'
import { readBillingWatch } from '~/server/billing.server'
import { countWaiting } from '~/server/corrections.server'
import { readFieldWaiting } from '~/server/field-waiting.server'
import { Banner } from '~/ui/base/banner'
import { BillingWatchBanner } from '~/ui/billing/billing-watch'
import { OfficeShell } from '~/ui/layout/office-shell'
import { useNavigationOf } from '~/ui/office/navigation'
import { OfficeProvider } from '~/ui/office/office-context'
import { OtherIsp, useOpenedFor } from '~/ui/office/opened-for'
import { searchOffice } from '~/ui/office/search'

export const handle = pageTexts('office')

export async function loader({ request }: LoaderFunctionArgs) {
  const { db, me, headers } = await requireMember(request)
  const may = (permission: string) => me.permissions.includes(permission)
  const [watch, waiting, field] = await Promise.all([
    may('billing.read') ? readBillingWatch(db) : null,
    may('corrections.approve') || may('payments.approve_void') ? countWaiting(db, me.actor_id) : 0,
    may('collections.read') ? readFieldWaiting(db) : { parked: 0, doubles: 0, phones: 0 },
  ])
  return data({ me, watch, waiting, field }, { headers })
}

export default function OfficeLayout() {
  const { me, watch, waiting, field } = useLoaderData<typeof loader>()
  const { tenant, permissions } = me
  const openedFor = useOpenedFor(tenant.id)
  const { nav, navEnd, screens } = useNavigationOf(permissions, {
    '/office/approvals?state=waiting': waiting,
    '/office/collections': field.parked + field.doubles + field.phones,
  })

  return (
    <OfficeProvider value={{ tenant, permissions, field }}>
      <OfficeShell
        isp={{
          name: tenant.trade_name,
          brandColor: tenant.brand_color,
          logoUrl: tenant.logo_path,
        }}
        nav={nav}
        navEnd={navEnd}
        screens={screens}
        search={searchOffice}
        person={{
          name: me.full_name ?? me.email ?? tenant.trade_name,
          detail: me.role.name,
          contexts: me.contexts.map((context) => ({
            id: `${context.tenant_id}/${context.actor}/${context.actor_id}`,
            label: `${context.trade_name} · ${context.label}`,
            isCurrent: context.actor_id === me.actor_id,
          })),
        }}
        contextAction="/switch"
        banner={
          <div className="mx-4 mt-4 flex flex-col gap-3 empty:hidden sm:mx-6 lg:mx-8 print:hidden">
            {watch ? <BillingWatchBanner watch={watch} /> : null}
            {tenant.is_demo ? <DemoBanner /> : null}
          </div>
        }
      >
        {openedFor === tenant.id ? <Outlet /> : <OtherIsp name={tenant.trade_name} />}
      </OfficeShell>
    </OfficeProvider>
  )
}

function DemoBanner() {
  const t = useT('office')
  return <Banner kind="demo">{t('demo')}</Banner>
}
