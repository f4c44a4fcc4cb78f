import { Link, useSearchParams } from '@remix-run/react'
import { withParams } from '~/domain/url-list'
import { useT } from '~/i18n/use-t'

/** Over a list of everybody's that was opened from one subscriber: whose it is, and the way to all. */
export function OnlyOf({ subscriber }: { subscriber: { id: string; name: string } | null }) {
  const t = useT('subscribers')
  const [params] = useSearchParams()
  if (!subscriber) return null
  const look = 'font-medium text-accent-text hover:underline'
  return (
    <p className="mb-3 text-sm text-soft">
      {t('only_of')}{' '}
      <Link to={`/office/subscribers/${subscriber.id}`} className={look}>
        {subscriber.name}
      </Link>
      {' · '}
      <Link to={withParams(params, { subscriber: null })} className={look}>
        {t('only_of.all')}
      </Link>
    </p>
  )
}
