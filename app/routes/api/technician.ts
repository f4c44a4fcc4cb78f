import type { LoaderFunctionArgs } from '@remix-run/node'
import { requireMember } from '~/server/guard.server'
import type { Workplace } from '../technician/workplace'

/** For whom the technician on this phone works right now. */
export async function loader({ request }: LoaderFunctionArgs) {
  const { me, headers } = await requireMember(request, 'jobs.work')
  headers.set('Cache-Control', 'private, no-store')

  const workplace: Workplace = {
    person: me.full_name ?? me.email ?? '',
    isp: { name: me.tenant.trade_name, brandColor: me.tenant.brand_color },
  }
  return Response.json(workplace, { headers })
}
