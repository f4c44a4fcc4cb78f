import { ShieldCheck } from 'lucide-react'
import type { Rescue, RescuedItem } from '~/domain/rescue'
import { formatMoney } from '~/i18n/format'
import { useFormat } from '~/i18n/use-format'
import { useT } from '~/i18n/use-t'
import { StatusBadge, type Tone } from '~/ui/base/badge'
import { Banner } from '~/ui/base/banner'
import { Button, LinkButton } from '~/ui/base/button'
import { Card } from '~/ui/base/card'
import { KeyValue } from '~/ui/base/key-value'
import { Table } from '~/ui/base/table'
import { Money } from '~/ui/money/money'
import { useOffice } from '~/ui/office/office-context'
import { commandNames, parkedReasons } from './command-words'

/** Whose file it is and what it holds, before and after it is taken in. */
export function RescueCard(props: {
  rescue: Rescue
  isBusy: boolean
  onImport: () => void
  onClose: () => void
}) {
  const { rescue, isBusy, onImport, onClose } = props
  const t = useT('collections')
  const format = useFormat()
  const { time_zone } = useOffice()
  const { items } = rescue
  const countOf = (state: RescuedItem['state']) =>
    items.filter((item) => item.state === state).length
  const fresh = countOf('new')
  const isDone = fresh === 0 && countOf('applied') + countOf('parked') > 0

  return (
    <Card
      title={t('rescue.of', { name: rescue.member_name, code: rescue.device_code })}
      actions={
        <div className="flex gap-2">
          <Button variant="quiet" onClick={onClose}>
            {t(fresh > 0 ? 'rescue.leave' : 'rescue.another')}
          </Button>
          {fresh > 0 ? (
            <Button variant="primary" busy={isBusy} onClick={onImport}>
              {t('rescue.import', { count: fresh })}
            </Button>
          ) : null}
        </div>
      }
      flush
    >
      <div className="flex flex-col gap-4 p-5">
        <Outcome rescue={rescue} isDone={isDone} />
        <KeyValue
          items={[
            { key: t('rescue.saved'), value: format.instant(rescue.saved_at, time_zone) },
            {
              key: t('rescue.phone'),
              value: `${rescue.device_code} · ${t(`devices.status.${rescue.device_status}`)}`,
            },
            {
              key: t('rescue.signed'),
              value: (
                <span className="inline-flex items-center gap-1.5 text-success">
                  <ShieldCheck className="size-4" aria-hidden="true" />
                  {t('rescue.signed_yes')}
                </span>
              ),
            },
            {
              key: t('rescue.cash'),
              value: <Money minor={cashIn(items)} />,
            },
          ]}
        />
      </div>
      <RescuedTable items={items} />
    </Card>
  )
}

function cashIn(items: ReadonlyArray<RescuedItem>) {
  return items.reduce((sum, { amount_minor }) => sum + (amount_minor ?? 0), 0)
}

function Outcome({ rescue, isDone }: { rescue: Rescue; isDone: boolean }) {
  const t = useT('collections')
  const { items, device_status } = rescue
  const countOf = (state: RescuedItem['state']) =>
    items.filter((item) => item.state === state).length
  const parked = countOf('parked')

  if (isDone) {
    return (
      <Banner
        kind={parked > 0 ? 'warn' : 'success'}
        actions={
          parked > 0 ? (
            <LinkButton to="/office/collections/parked">{t('tab.parked')}</LinkButton>
          ) : null
        }
      >
        {t('rescue.done', { count: countOf('applied') })}{' '}
        {parked > 0 ? t('rescue.parked', { count: parked }) : null}
      </Banner>
    )
  }
  if (countOf('known') === items.length) {
    return <Banner kind="info">{t('rescue.all_known')}</Banner>
  }
  return (
    <Banner kind={device_status === 'revoked' ? 'warn' : 'info'}>
      {t(device_status === 'revoked' ? 'rescue.from_ended' : 'rescue.preview')}
    </Banner>
  )
}

const tones: Record<RescuedItem['state'], Tone> = {
  new: 'info',
  known: 'neutral',
  applied: 'success',
  parked: 'warn',
}

function RescuedTable({ items }: { items: ReadonlyArray<RescuedItem> }) {
  const t = useT('collections')
  const format = useFormat()
  const { currency, time_zone } = useOffice()

  return (
    <Table
      caption={t('rescue.caption')}
      rows={items}
      rowKey={(item) => item.id}
      columns={[
        {
          key: 'what',
          header: t('parked.column.what'),
          cell: (item) => {
            const name = commandNames.find((known) => known === item.name)
            return (
              <>
                <span className="font-medium">{name ? t(`parked.name.${name}`) : item.name}</span>
                {item.receipt_number ? (
                  <span className="block text-faint">
                    {t('parked.receipt', { number: item.receipt_number })}
                  </span>
                ) : null}
              </>
            )
          },
        },
        {
          key: 'subscriber',
          header: t('column.subscriber'),
          cell: (item) =>
            item.subscriber_name ? (
              <>
                {item.subscriber_name}
                <span className="tabular block text-faint">{item.account_no}</span>
              </>
            ) : (
              '—'
            ),
        },
        {
          key: 'when',
          header: t('rescue.when'),
          cell: (item) => format.instant(item.happened_at, time_zone),
          isMinor: true,
          isNarrow: true,
        },
        {
          key: 'amount',
          header: t('column.amount'),
          cell: (item) =>
            item.amount_minor === null ? '—' : formatMoney(item.amount_minor, currency),
          align: 'right',
        },
        { key: 'state', header: t('column.status'), cell: (item) => <State item={item} /> },
      ]}
    />
  )
}

function State({ item }: { item: RescuedItem }) {
  const t = useT('collections')
  const reason = parkedReasons.find((known) => known === item.reason)
  return (
    <>
      <StatusBadge tone={tones[item.state]}>{t(`rescue.state.${item.state}`)}</StatusBadge>
      {reason ? <span className="mt-0.5 block text-faint">{t(`reason.${reason}`)}</span> : null}
    </>
  )
}
