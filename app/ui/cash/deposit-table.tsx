import { Landmark } from 'lucide-react'
import { clsx } from 'clsx'
import type { ReactNode } from 'react'
import { formatCount } from '~/i18n/format'
import { useFormat } from '~/i18n/use-format'
import { useT } from '~/i18n/use-t'
import { Badge } from '~/ui/base/badge'
import { Button } from '~/ui/base/button'
import { Dialog } from '~/ui/base/dialog'
import { EmptyState } from '~/ui/base/empty-state'
import { Field } from '~/ui/base/field'
import { Table } from '~/ui/base/table'
import { TextArea } from '~/ui/base/text-input'
import { Money } from '~/ui/money/money'
import { CommandDialog } from '~/ui/office/command-dialog'
import { useOffice } from '~/ui/office/office-context'

export type DepositRow = {
  id: string
  amount_minor: number
  bank: string
  slip_number: string
  deposited_on: string
  deposited_by: string
  deposited_by_name: string
  note: string | null
  has_photo: boolean
  remittance_count: number
  voided_at: string | null
  void_reason: string | null
}

export function DepositTable(props: {
  deposits: ReadonlyArray<DepositRow>
  meId: string
  empty?: ReactNode
}) {
  const t = useT('custody')
  const format = useFormat()
  const { can } = useOffice()
  const mayTakeBack = (row: DepositRow) =>
    !row.voided_at && can('remittances.approve') && row.deposited_by !== props.meId

  return (
    <Table
      caption={t('deposits.caption')}
      rows={props.deposits}
      rowKey={(row) => row.id}
      empty={
        props.empty ?? (
          <EmptyState icon={<Landmark />} title={t('deposits.empty')}>
            {t('deposits.empty_body')}
          </EmptyState>
        )
      }
      columns={[
        {
          key: 'day',
          header: t('deposits.day'),
          sort: 'deposited_on',
          cell: (row) => format.day(row.deposited_on),
          isNarrow: true,
        },
        {
          key: 'slip',
          header: t('deposits.slip'),
          sort: 'bank',
          cell: (row) => (
            <>
              <span className="font-medium">
                {row.bank} {row.slip_number}
              </span>
              {row.note || row.void_reason ? (
                <span className="block text-faint">{row.void_reason ?? row.note}</span>
              ) : null}
            </>
          ),
        },
        {
          key: 'by',
          header: t('deposits.by'),
          sort: 'deposited_by_name',
          cell: (row) => row.deposited_by_name,
          isMinor: true,
        },
        {
          key: 'holds',
          header: t('deposits.holds'),
          cell: (row) => (row.remittance_count ? formatCount(row.remittance_count) : '—'),
          align: 'right',
          isMinor: true,
        },
        {
          key: 'photo',
          header: t('deposits.photo'),
          cell: (row) => (row.has_photo ? <SlipPhoto deposit={row} /> : '—'),
        },
        {
          key: 'amount',
          header: t('deposits.amount'),
          sort: 'amount_minor',
          cell: (row) => (
            <span className={clsx(row.voided_at && 'text-faint line-through')}>
              <Money minor={row.amount_minor} />
            </span>
          ),
          align: 'right',
        },
        {
          key: 'act',
          header: <span className="sr-only">{t('deposits.act')}</span>,
          cell: (row) => {
            if (row.voided_at) return <Badge tone="danger">{t('deposits.void')}</Badge>
            return mayTakeBack(row) ? <TakeBack deposit={row} /> : null
          },
          align: 'right',
        },
      ]}
    />
  )
}

function SlipPhoto({ deposit }: { deposit: DepositRow }) {
  const t = useT('custody')
  const title = t('deposits.photo_of', { number: deposit.slip_number })
  const source = `/office/collections/deposits/${deposit.id}/photo`
  return (
    <Dialog
      title={title}
      trigger={
        <button type="button" className="rounded-sm border border-line hover:border-line-strong">
          <img
            src={source}
            alt={title}
            loading="lazy"
            className="h-9 w-14 rounded-sm object-cover"
          />
        </button>
      }
    >
      <img src={source} alt={title} className="max-h-[70vh] w-full object-contain" />
    </Dialog>
  )
}

function TakeBack({ deposit }: { deposit: DepositRow }) {
  const t = useT('custody')
  return (
    <CommandDialog
      trigger={<Button size="small">{t('deposits.take_back')}</Button>}
      title={t('deposits.take_back_title', { number: deposit.slip_number })}
      lead={t('deposits.take_back_lead')}
      action="/office/collections/deposits"
      intent="void"
      submit={t('deposits.take_back')}
      submitVariant="danger"
      done={t('deposits.taken_back_toast')}
    >
      {(errors) => (
        <>
          <input type="hidden" name="deposit_id" value={deposit.id} />
          <Field label={t('deposits.why')} error={errors('reason')} required>
            <TextArea name="reason" maxLength={300} autoFocus />
          </Field>
        </>
      )}
    </CommandDialog>
  )
}
