import { formatMoney } from '~/i18n/format'
import { useFormat } from '~/i18n/use-format'
import { useT } from '~/i18n/use-t'
import { Banner } from '~/ui/base/banner'
import { useOffice } from '~/ui/office/office-context'
import { DecideRequest, WithdrawRequest } from './decide'

type Request = Parameters<typeof DecideRequest>[0]['request'] & {
  state: string
  asked_by: string
  asked_at: string
}

/** On the page of an invoice or payment: what of it waits for a second person, and their answer. */
export function WaitingBanners(props: { requests: ReadonlyArray<Request>; memberId: string }) {
  const t = useT('corrections')
  const format = useFormat()
  const { can, time_zone } = useOffice()

  return props.requests
    .filter((request) => request.state === 'waiting' && request.kind !== 'payment_void')
    .map((request) => {
      const isOwn = request.asked_by === props.memberId
      return (
        <Banner
          key={request.id}
          kind="warn"
          className="mb-5"
          title={t('waiting.title', {
            what: t(`kind.${request.kind}`),
            amount: formatMoney(request.amount_minor),
          })}
          actions={
            isOwn ? (
              <WithdrawRequest request={request} />
            ) : can('corrections.approve') ? (
              <DecideRequest request={request} />
            ) : null
          }
        >
          <p>
            {t('waiting.body', {
              name: request.asked_by_name ?? '',
              at: format.instant(request.asked_at, time_zone),
              reason: request.reason,
            })}
          </p>
          {isOwn ? <p className="mt-1 text-soft">{t('waiting.own')}</p> : null}
        </Banner>
      )
    })
}
