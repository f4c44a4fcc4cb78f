import { Link } from '@remix-run/react'
import type { ReactNode } from 'react'
import { formatPercent, type Charge, type ChargePart } from '~/domain/charge'
import { formatDay, formatMoney } from '~/i18n/format'
import { useT } from '~/i18n/use-t'
import { Badge, StatusBadge } from '~/ui/base/badge'
import { Button } from '~/ui/base/button'
import { Table } from '~/ui/base/table'
import { CommandDialog } from '~/ui/office/command-dialog'
import { useOffice } from '~/ui/office/office-context'

const tones = { waiting: 'info', running: 'accent', done: 'success', cancelled: 'neutral' } as const

type Row = Charge & { taken: ReadonlyArray<ChargePart> }

/** Charges and discounts of a subscriber, with what became of each. */
export function ChargeTable(props: {
  charges: ReadonlyArray<Charge>
  parts: ReadonlyArray<ChargePart>
  action: string
  empty: ReactNode
}) {
  const { action } = props
  const { can, currency } = useOffice()
  const t = useT('charges')
  const rows: Array<Row> = props.charges.map((charge) => {
    const taken = props.parts.filter(
      (part) => part.charge_id === charge.id && part.invoice_state !== 'void',
    )
    return { ...charge, taken }
  })

  return (
    <Table
      caption={t('list_caption')}
      isSticky={false}
      rows={rows}
      rowKey={(charge) => charge.id}
      empty={props.empty}
      columns={[
        {
          key: 'what',
          sort: 'description',
          header: t('column.what'),
          cell: (charge) => (
            <>
              <span className="font-medium">{charge.description}</span>
              <span className="block text-faint">
                {[
                  t(`kind.${charge.kind}`),
                  charge.is_conditional ? t('if_on_time') : null,
                  charge.plan_discount_id ? t('of_plan') : null,
                ]
                  .filter(Boolean)
                  .join(' · ')}
              </span>
            </>
          ),
        },
        {
          key: 'amount',
          sort: 'amount_minor',
          header: t('column.amount'),
          align: 'right',
          isNarrow: true,
          cell: (charge) =>
            charge.percent_bp === null
              ? formatMoney(charge.amount_minor ?? 0, currency)
              : `−${formatPercent(charge.percent_bp)}`,
        },
        {
          key: 'when',
          sort: 'starts_on',
          header: t('column.when'),
          isMinor: true,
          cell: (charge) => <When charge={charge} />,
        },
        {
          key: 'taken',
          header: t('column.taken'),
          isMinor: true,
          cell: (charge) => <Taken parts={charge.taken} />,
        },
        {
          key: 'state',
          header: t('column.state'),
          cell: (charge) => (
            <StatusBadge tone={tones[charge.state]}>{t(`state.${charge.state}`)}</StatusBadge>
          ),
        },
        {
          key: 'actions',
          header: <span className="sr-only">{t('stop')}</span>,
          align: 'right',
          cell: (charge) =>
            can('invoices.manage') && (charge.state === 'waiting' || charge.state === 'running') ? (
              <span className="flex flex-col items-end gap-1 sm:flex-row sm:justify-end">
                {charge.kind === 'one_time' || charge.kind === 'late_fee' ? (
                  <BillDialog charge={charge} action={action} />
                ) : null}
                <StopDialog charge={charge} action={action} />
              </span>
            ) : null,
        },
      ]}
    />
  )
}

function When({ charge }: { charge: Row }) {
  const t = useT('charges')
  if (charge.state === 'done' || charge.state === 'cancelled') return <>{t('when.nothing')}</>
  const from = formatDay(charge.starts_on)
  if (charge.kind === 'deposit') return <>{t('when.asked', { day: from })}</>
  if (charge.remaining === null) {
    return (
      <>
        {t('when.always')}
        {charge.until_on ? (
          <span className="block text-faint">
            {t('when.until', { day: formatDay(charge.until_on) })}
          </span>
        ) : null}
      </>
    )
  }
  if (charge.parts !== null && charge.parts > 1)
    return <>{t('when.parts', { left: charge.remaining, count: charge.parts })}</>
  if (charge.remaining === 1) return <>{t('when.once', { day: from })}</>
  return <>{t('when.left', { count: charge.remaining })}</>
}

function Taken({ parts }: { parts: ReadonlyArray<ChargePart> }) {
  const { can, today } = useOffice()
  const t = useT('charges')
  return (
    <span className="flex flex-col">
      {parts.map((part) => {
        const number = can('billing.read') ? (
          <Link
            className="text-accent-text hover:underline"
            to={`/office/invoices/${part.invoice_id}`}
          >
            {part.invoice_number}
          </Link>
        ) : (
          part.invoice_number
        )
        if (part.pay_by_on === null) return <span key={part.id}>{number}</span>
        const tone = part.earned_at ? 'success' : part.pay_by_on < today ? 'neutral' : 'info'
        const said = part.earned_at ? 'earned' : part.pay_by_on < today ? 'missed' : 'offered'
        return (
          <Badge key={part.id} tone={tone}>
            {t(said, { number: part.invoice_number, day: formatDay(part.pay_by_on) })}
          </Badge>
        )
      })}
    </span>
  )
}

function BillDialog({ charge, action }: { charge: Row; action: string }) {
  const { currency } = useOffice()
  const t = useT('charges')
  return (
    <CommandDialog
      trigger={
        <Button size="small" variant="quiet">
          {t('bill')}
        </Button>
      }
      title={t('bill_title', { what: charge.description })}
      lead={t('bill_lead', { amount: formatMoney(nextAmount(charge), currency) })}
      action={action}
      intent="bill"
      submit={t('bill_submit')}
      done={t('billed')}
    >
      {() => (
        <>
          <input type="hidden" name="charge_id" value={charge.id} />
          <input type="hidden" name="seen_count" value={charge.taken.length} />
        </>
      )}
    </CommandDialog>
  )
}

function StopDialog({ charge, action }: { charge: Row; action: string }) {
  const t = useT('charges')
  return (
    <CommandDialog
      trigger={
        <Button size="small" variant="quiet">
          {t('stop')}
        </Button>
      }
      title={t('stop_title', { what: charge.description })}
      lead={t('stop_lead')}
      action={action}
      intent="cancel"
      submit={t('stop_submit')}
      submitVariant="danger"
      done={t('stopped')}
    >
      {() => <input type="hidden" name="charge_id" value={charge.id} />}
    </CommandDialog>
  )
}

/** The part the next invoice takes: what is left, shared among the parts that are left, rounded up. */
function nextAmount(charge: Row): number {
  if (charge.parts === null || !charge.remaining) return charge.amount_minor ?? 0
  const taken = charge.taken.reduce((sum, part) => sum + part.amount_minor, 0)
  return Math.ceil(((charge.amount_minor ?? 0) - taken) / charge.remaining)
}
