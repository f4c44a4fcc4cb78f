import { Banknote } from 'lucide-react'
import { formatMoney } from '~/i18n/format'
import { useFormat } from '~/i18n/use-format'
import { useT } from '~/i18n/use-t'
import { StatusBadge, type Tone } from '~/ui/base/badge'
import { Button } from '~/ui/base/button'
import { EmptyState } from '~/ui/base/empty-state'
import { Field } from '~/ui/base/field'
import { MoneyInput } from '~/ui/base/money-input'
import { Table } from '~/ui/base/table'
import { TextArea } from '~/ui/base/text-input'
import { Money } from '~/ui/money/money'
import { CommandDialog } from '~/ui/office/command-dialog'
import { useOffice } from '~/ui/office/office-context'

export type Remittance = {
  id: string
  collector_name: string
  state: 'submitted' | 'counted' | 'accepted' | 'rejected'
  submitted_at: string
  /** Null until it is counted: who counts must not know what is expected. */
  expected_minor: number | null
  counted_minor: number | null
  variance_minor: number | null
  counted_by_name: string | null
  approved_by_name: string | null
  note: string | null
}

const tones: Record<Remittance['state'], Tone> = {
  submitted: 'info',
  counted: 'warn',
  accepted: 'success',
  rejected: 'danger',
}

/** Cash handed in: counted blind by another person, a difference accepted by a second one. */
export function RemittanceTable({ remittances }: { remittances: ReadonlyArray<Remittance> }) {
  const t = useT('collections')
  const format = useFormat()
  const { time_zone } = useOffice()

  return (
    <Table
      caption={t('remittances.caption')}
      rows={remittances}
      rowKey={(row) => row.id}
      empty={
        <EmptyState icon={<Banknote />} title={t('remittances.empty')}>
          {t('remittances.empty_body')}
        </EmptyState>
      }
      columns={[
        {
          key: 'collector',
          header: t('column.collector'),
          cell: (row) => (
            <>
              <span className="font-medium">{row.collector_name}</span>
              <span className="block text-faint">
                {format.instant(row.submitted_at, time_zone)}
              </span>
            </>
          ),
        },
        {
          key: 'state',
          header: t('column.status'),
          cell: (row) => (
            <StatusBadge tone={tones[row.state]}>{t(`remittances.state.${row.state}`)}</StatusBadge>
          ),
        },
        {
          key: 'by',
          header: t('remittances.counted_by'),
          cell: (row) => row.counted_by_name ?? '—',
          isMinor: true,
        },
        {
          key: 'counted',
          header: t('remittances.counted'),
          cell: (row) => (row.counted_minor === null ? '—' : <Money minor={row.counted_minor} />),
          align: 'right',
          isMinor: true,
        },
        {
          key: 'difference',
          header: t('remittances.difference'),
          cell: (row) => <Difference minor={row.variance_minor} />,
          align: 'right',
        },
        {
          key: 'act',
          header: <span className="sr-only">{t('remittances.act')}</span>,
          cell: (row) => <NextStep remittance={row} />,
          align: 'right',
        },
      ]}
    />
  )
}

function Difference({ minor }: { minor: number | null }) {
  const t = useT('collections')
  if (minor === null) return <span className="text-faint">—</span>
  if (minor === 0) return <span className="text-soft">{t('remittances.even')}</span>
  const amount = formatMoney(Math.abs(minor))
  return (
    <span className="font-medium text-danger">
      {minor < 0 ? t('remittances.short', { amount }) : t('remittances.over', { amount })}
    </span>
  )
}

function NextStep({ remittance }: { remittance: Remittance }) {
  const { can } = useOffice()
  if (remittance.state === 'submitted' && can('remittances.count')) {
    return <CountDialog remittance={remittance} />
  }
  if (remittance.state === 'counted' && can('remittances.approve')) {
    return <ApproveDialog remittance={remittance} />
  }
  return null
}

const address = '/office/collections/remittances'

function CountDialog({ remittance }: { remittance: Remittance }) {
  const t = useT('collections')
  return (
    <CommandDialog
      trigger={<Button size="small">{t('remittances.count')}</Button>}
      title={t('remittances.count_title', { name: remittance.collector_name })}
      lead={t('remittances.count_lead')}
      action={address}
      intent="count"
      submit={t('remittances.count')}
      done={t('remittances.counted_toast')}
    >
      {(errors) => (
        <>
          <input type="hidden" name="remittance_id" value={remittance.id} />
          <Field label={t('remittances.counted')} error={errors('counted_minor')} required>
            <MoneyInput name="counted_minor" autoFocus />
          </Field>
        </>
      )}
    </CommandDialog>
  )
}

function ApproveDialog({ remittance }: { remittance: Remittance }) {
  const t = useT('collections')
  return (
    <CommandDialog
      trigger={<Button size="small">{t('remittances.approve')}</Button>}
      title={t('remittances.approve_title')}
      lead={t('remittances.approve_lead', {
        counted: formatMoney(remittance.counted_minor ?? 0),
        expected: formatMoney(remittance.expected_minor ?? 0),
      })}
      action={address}
      intent="approve"
      submit={t('remittances.approve')}
      done={t('remittances.approved_toast')}
    >
      {(errors) => (
        <>
          <input type="hidden" name="remittance_id" value={remittance.id} />
          <Field label={t('remittances.note')} error={errors('note')} required>
            <TextArea name="note" maxLength={300} autoFocus />
          </Field>
        </>
      )}
    </CommandDialog>
  )
}
