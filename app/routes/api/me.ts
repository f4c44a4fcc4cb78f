import type { LoaderFunctionArgs } from '@remix-run/node'
import type { Profile } from '~/offline/phone'
import { isLanguage } from '~/i18n/languages'
import { requireCollector } from './phone.server'

/** Who the phone belongs to right now, as the phone keeps it. */
export async function loader({ request }: LoaderFunctionArgs) {
  const { me, headers } = await requireCollector(request)
  headers.set('Cache-Control', 'private, no-store')

  const profile: Profile = {
    user_id: me.user_id,
    tenant_id: me.tenant.id,
    member_id: me.actor_id,
    full_name: me.full_name ?? '',
    email: me.email,
    trade_name: me.tenant.trade_name,
    currency: me.tenant.currency,
    time_zone: me.tenant.time_zone,
    brand_color: me.tenant.brand_color,
    locale: isLanguage(me.locale) ? me.locale : 'en',
  }
  return Response.json(profile, { headers })
}
