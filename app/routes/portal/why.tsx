import { data, type LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { pageTexts } from '~/i18n/page-texts'
import { useT } from '~/i18n/use-t'
import { readWhy } from '~/server/dunning.server'
import { requireSubscriber } from '~/server/guard.server'
import { LinkButton } from '~/ui/base/button'
import { WhyCharged, WhyNow, WhyStory } from '~/ui/dunning/why-story'

export const handle = pageTexts('portal', 'why')

export async function loader({ request }: LoaderFunctionArgs) {
  const { db, me, headers } = await requireSubscriber(request)
  const { time_zone: timeZone, currency } = me.tenant
  return data(
    { why: await readWhy(db, me.subscriber_id), where: { timeZone, currency } },
    { headers },
  )
}

export default function PortalWhy() {
  const { why, where } = useLoaderData<typeof loader>()
  const t = useT('why')
  const portal = useT('portal')

  return (
    <div className="flex flex-col gap-5">
      <h1 className="text-2xl font-semibold">{t('title')}</h1>
      <WhyNow why={why} where={where} />
      {why.balance_minor > 0 ? (
        <LinkButton
          to="/portal/pay"
          variant="primary"
          size="large"
          wide
          className="sm:w-auto! sm:self-start"
        >
          {portal('balance.how_to_pay')}
        </LinkButton>
      ) : null}
      <WhyCharged why={why} where={where} />
      <WhyStory why={why} where={where} />
    </div>
  )
}
