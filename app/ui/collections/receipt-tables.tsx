import { Link } from '@remix-run/react'
import type { ReactNode } from 'react'
import { printedNumber } from '~/domain/lost-numbers'
import type { ReceiptBlock, ReceiptGap } from '~/domain/receipt-numbers'
import { formatCount } from '~/i18n/format'
import { useFormat } from '~/i18n/use-format'
import { useT } from '~/i18n/use-t'
import { StatusBadge, type Tone } from '~/ui/base/badge'
import { Table, type Column } from '~/ui/base/table'
import { useOffice } from '~/ui/office/office-context'

const tones: Record<ReceiptBlock['state'], Tone> = {
  out: 'info',
  used: 'success',
  cancelled: 'neutral',
}

/** What became of the numbers of each block. */
export function BlockTable(props: { blocks: ReadonlyArray<ReceiptBlock>; empty: ReactNode }) {
  const t = useT('collections')
  const format = useFormat()
  const { time_zone } = useOffice()
  const count = (
    key: 'used' | 'voided' | 'still_out' | 'cancelled' | 'missing',
    header: string,
    isMinor = false,
  ): Column<ReceiptBlock> => ({
    key,
    header,
    cell: (block) => (
      <span className={key === 'missing' && block[key] > 0 ? 'font-medium text-danger' : undefined}>
        {formatCount(block[key])}
      </span>
    ),
    align: 'right',
    sort: key === 'cancelled' ? undefined : key,
    isMinor,
  })

  return (
    <Table
      caption={t('numbers.caption')}
      rows={props.blocks}
      rowKey={(block) => block.id}
      empty={props.empty}
      columns={[
        {
          key: 'numbers',
          header: t('numbers.column.numbers'),
          cell: (block) => (
            <>
              <span className="tabular font-medium">
                {t('numbers.range', {
                  first: printedNumber(block.prefix, block.first_serial),
                  last: printedNumber(block.prefix, block.last_serial),
                })}
              </span>
              <span className="block text-faint">
                {t(block.device_code ? 'numbers.lent' : 'numbers.put_aside', {
                  at: format.instant(block.created_at, time_zone),
                })}
              </span>
            </>
          ),
          sort: 'first_serial',
        },
        {
          key: 'collector',
          header: t('column.collector'),
          cell: ({ member_name, device_code }) =>
            device_code ? t('parked.by', { name: member_name ?? '', code: device_code }) : '—',
          sort: 'member_name',
          isMinor: true,
        },
        {
          key: 'state',
          header: t('column.status'),
          cell: (block) => (
            <>
              <StatusBadge tone={tones[block.state]}>
                {t(`numbers.state.${block.state}`)}
              </StatusBadge>
              {block.reason ? <span className="block text-faint">{block.reason}</span> : null}
            </>
          ),
          isMinor: true,
        },
        count('used', t('numbers.column.used')),
        count('voided', t('numbers.column.voided'), true),
        count('still_out', t('numbers.column.out')),
        count('cancelled', t('numbers.column.cancelled'), true),
        count('missing', t('numbers.column.missing')),
      ]}
    />
  )
}

/** The numbers nobody can account for. */
export function GapTable({ gaps }: { gaps: ReadonlyArray<ReceiptGap> }) {
  const t = useT('collections')
  return (
    <Table
      caption={t('numbers.gaps_caption')}
      rows={gaps}
      rowKey={(gap) => String(gap.first_serial)}
      isSticky={false}
      columns={[
        {
          key: 'numbers',
          header: t('numbers.column.numbers'),
          cell: (gap) => (
            <span className="tabular font-medium">
              {gap.numbers === 1
                ? printedNumber('', gap.first_serial)
                : t('numbers.range', {
                    first: printedNumber('', gap.first_serial),
                    last: printedNumber('', gap.last_serial),
                  })}
            </span>
          ),
        },
        {
          key: 'kind',
          header: t('numbers.column.what'),
          cell: (gap) => t(`numbers.kind.${gap.kind}`),
        },
        {
          key: 'collector',
          header: t('column.collector'),
          cell: (gap) =>
            gap.member_name && gap.member_id ? (
              <Link
                to={`/office/collections/collectors/${gap.member_id}`}
                className="text-accent-text hover:underline"
              >
                {t('parked.by', { name: gap.member_name, code: gap.device_code ?? '' })}
              </Link>
            ) : (
              '—'
            ),
        },
        {
          key: 'count',
          header: t('numbers.column.count'),
          cell: (gap) => formatCount(gap.numbers),
          align: 'right',
        },
      ]}
    />
  )
}
