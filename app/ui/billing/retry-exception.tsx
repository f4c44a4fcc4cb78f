import { useFetcher } from '@remix-run/react'
import { useEffect } from 'react'
import { formatMoney } from '~/i18n/format'
import { useT } from '~/i18n/use-t'
import { Button } from '~/ui/base/button'
import { toast } from '~/ui/base/toast'

export type RetryAnswer = {
  refusal: string | null
  result: {
    resolved: boolean
    reason: string
    detail: string | null
    invoice_count: number
    total_minor: number
  } | null
}

/** Bills one subscriber again whose exception was put right. The row goes when it worked. */
export function RetryException({ id, subscriber }: { id: string; subscriber: string }) {
  const t = useT('billing')
  const retry = useFetcher<RetryAnswer>()
  // Said as soon as it is heard: the row is gone before the page has come to rest.
  const answer = retry.data

  useEffect(() => {
    if (!answer) return
    const { refusal, result } = answer
    if (!result) toast.error(refusal ?? t('exception.unexpected_error'))
    else if (!result.resolved) {
      toast.error(t('exception.still', { reason: result.detail ?? result.reason }))
    } else if (result.invoice_count === 0) toast.success(t('exception.nothing', { subscriber }))
    else {
      toast.success(t('exception.billed', { subscriber, total: formatMoney(result.total_minor) }))
    }
  }, [answer, subscriber, t])

  return (
    <retry.Form method="post" action="/office/billing/exceptions">
      <input type="hidden" name="exception_id" value={id} />
      <Button type="submit" size="small" busy={retry.state !== 'idle'}>
        {t('exception.retry')}
      </Button>
    </retry.Form>
  )
}
