import { data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { Outlet, useLoaderData } from '@remix-run/react'
import { pageTexts } from '~/i18n/page-texts'
import { useT } from '~/i18n/use-t'
import { requireMember } from '~/server/guard.server'
import { PageHeader } from '~/ui/base/page-header'
import { TabLinks } from '~/ui/base/tabs'
import { openTabs } from '~/ui/settings/settings-tabs'

export const handle = pageTexts('settings', 'catalog')
export const meta: MetaFunction = () => [{ title: 'Settings · Linyada' }]

export async function loader({ request }: LoaderFunctionArgs) {
  const { me, headers } = await requireMember(request)
  return data({ permissions: me.permissions }, { headers })
}

export default function Settings() {
  const { permissions } = useLoaderData<typeof loader>()
  const t = useT('settings')

  return (
    <>
      <PageHeader title={t('title')} />
      <TabLinks
        label={t('title')}
        tabs={openTabs(permissions).map((tab) => ({
          to: tab.to,
          end: 'end' in tab ? tab.end : undefined,
          label: t(tab.label),
        }))}
      />
      <Outlet />
    </>
  )
}
