import { FilePlus, MoreHorizontal, Pencil, Plus, Wallet } from 'lucide-react'
import { useState } from 'react'
import { formatDay, formatMoney } from '~/i18n/format'
import { useFormat } from '~/i18n/use-format'
import { useT } from '~/i18n/use-t'
import { civilDay } from '~/domain/calendar'
import { IconButton, LinkButton } from '~/ui/base/button'
import { Menu } from '~/ui/base/menu'
import { PageHeader } from '~/ui/base/page-header'
import { Stat } from '~/ui/base/stat'
import { RefundDialog } from '~/ui/corrections/refund-dialog'
import { useOffice } from '~/ui/office/office-context'
import { InviteToPortalDialog } from './invite-to-portal-dialog'
import { StandingBadge } from './standing-badge'
import { shortAddress, standingOf, type Subscriber } from '~/domain/subscriber'

/** Who it is, the one number, and what can be done. */
export function RecordHeader({
  subscriber,
  invitationId,
  correctionId,
}: {
  subscriber: Subscriber
  invitationId: string
  correctionId: string
}) {
  const { can, currency } = useOffice()
  const t = useT('subscribers')
  const [isInviting, setInviting] = useState(false)
  const home = `/office/subscribers/${subscriber.id}`
  const owes = subscriber.balance_minor > 0
  const hasCredit = !owes && subscriber.credit_minor > 0

  return (
    <>
      <PageHeader
        back={{ to: '/office/subscribers', label: t('title') }}
        title={<span className="break-words">{subscriber.name}</span>}
        state={<StandingBadge standing={standingOf(subscriber)} />}
        lead={[subscriber.account_no, shortAddress(subscriber), subscriber.phone]
          .filter(Boolean)
          .join(' · ')}
        actions={
          <>
            {can('payments.record') ? (
              <LinkButton
                variant="primary"
                icon={<Wallet />}
                to={`/office/payments/new?subscriber=${subscriber.id}`}
              >
                {t('record.take_payment')}
              </LinkButton>
            ) : null}
            {can('payments.correct') && subscriber.credit_minor > 0 ? (
              <RefundDialog
                subscriberId={subscriber.id}
                mostMinor={subscriber.credit_minor}
                correctionId={correctionId}
                limitMinor={null}
                action="/office/approvals"
              />
            ) : null}
            {can('subscribers.manage') ? (
              <>
                <LinkButton icon={<Pencil />} to={`${home}/edit`}>
                  {t('record.edit')}
                </LinkButton>
                <Menu
                  trigger={
                    <IconButton label={t('record.more')} variant="secondary">
                      <MoreHorizontal />
                    </IconButton>
                  }
                  entries={[
                    {
                      kind: 'link',
                      label: t('service.add'),
                      icon: <Plus />,
                      to: `${home}/services/new`,
                    },
                    ...(can('invoices.manage')
                      ? [
                          {
                            kind: 'link' as const,
                            label: t('record.new_invoice'),
                            icon: <FilePlus />,
                            to: `/office/invoices/new?subscriber=${subscriber.id}`,
                          },
                        ]
                      : []),
                    { label: t('invite.title'), onSelect: () => setInviting(true) },
                  ]}
                />
              </>
            ) : null}
          </>
        }
      />
      <div className="mb-6">
        <Stat
          size="hero"
          label={hasCredit ? t('filter.credit') : t('record.owes')}
          value={formatMoney(
            hasCredit ? subscriber.credit_minor : subscriber.balance_minor,
            currency,
          )}
          tone={subscriber.days_past_due > 0 ? 'danger' : hasCredit ? 'success' : 'neutral'}
          hint={<StateInWords subscriber={subscriber} />}
        />
      </div>
      {isInviting ? (
        <InviteToPortalDialog
          subscriber={subscriber}
          invitationId={invitationId}
          onClose={() => setInviting(false)}
        />
      ) : null}
    </>
  )
}

function StateInWords({ subscriber }: { subscriber: Subscriber }) {
  const { today, time_zone, currency } = useOffice()
  const format = useFormat()
  const t = useT('subscribers')
  const { oldest_due_on, paid_until, balance_minor, credit_minor } = subscriber
  const words: Array<string> = []

  if (balance_minor > 0 && oldest_due_on) words.push(format.due(oldest_due_on, today))
  if (balance_minor > 0 && credit_minor > 0)
    words.push(t('record.credit', { amount: formatMoney(credit_minor, currency) }))
  if (paid_until) {
    const day = civilDay(paid_until, time_zone)
    words.push(t('record.prepaid', { day: formatDay(day), left: format.timeLeft(day, today) }))
  }
  if (words.length === 0 && balance_minor === 0) words.push(t('record.nothing_open'))
  return <>{words.join(' · ')}</>
}
