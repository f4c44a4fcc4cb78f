import { denominationsOf, type Pieces } from '~/domain/cash'
import { formatCount, formatMoney, shortMoney } from '~/i18n/format'
import { useT } from '~/i18n/use-t'
import { Card } from '~/ui/base/card'
import { Stat, StatGrid } from '~/ui/base/stat'
import { Table } from '~/ui/base/table'
import { Money } from '~/ui/money/money'
import { useOffice } from '~/ui/office/office-context'
import { Difference } from './difference'

export type CountedCash = {
  submitted_by_name: string
  counted_by_name: string | null
  declared_minor: number | null
  expected_minor: number | null
  counted_minor: number | null
  variance_minor: number | null
}

/** What the receipts say, what the collector counted, what the office counted: side by side, once all are known. */
export function CountResult({ cash }: { cash: CountedCash }) {
  const t = useT('custody')
  const { currency } = useOffice()
  const off = (cash.declared_minor ?? 0) - (cash.expected_minor ?? 0)
  const variance = cash.variance_minor ?? 0

  return (
    <StatGrid>
      <Stat
        label={t('result.expected')}
        value={<Money minor={cash.expected_minor ?? 0} />}
        hint={t('result.expected_hint')}
      />
      <Stat
        label={t('result.declared')}
        value={<Money minor={cash.declared_minor ?? 0} />}
        hint={
          off === 0
            ? t('result.declared_hint', { name: cash.submitted_by_name })
            : t('result.declared_off', { amount: formatMoney(Math.abs(off), currency) })
        }
        tone={off === 0 ? 'neutral' : 'warn'}
      />
      <Stat
        label={t('result.counted')}
        value={<Money minor={cash.counted_minor ?? 0} />}
        hint={t('result.counted_hint', { name: cash.counted_by_name ?? '' })}
      />
      <Stat
        label={t('result.difference')}
        value={variance === 0 ? t('result.even') : <Difference minor={variance} />}
        tone={variance === 0 ? 'success' : 'danger'}
      />
    </StatGrid>
  )
}

/** Pile by pile, so that a wrong note is found rather than searched for. */
export function PiecesCard(props: { declared: Pieces | null; counted: Pieces | null }) {
  const t = useT('custody')
  const { currency } = useOffice()
  const declared = props.declared ?? {}
  const counted = props.counted ?? {}
  const rows = denominationsOf(currency).flatMap(({ minor }) => {
    const row = { minor, declared: declared[minor] ?? 0, counted: counted[minor] ?? 0 }
    return row.declared + row.counted > 0 ? [row] : []
  })

  return (
    <Card title={t('pieces.title')} flush={rows.length > 0}>
      {rows.length === 0 ? (
        <p className="text-soft">{t('pieces.none')}</p>
      ) : (
        <Table
          caption={t('pieces.caption')}
          rows={rows}
          rowKey={(row) => String(row.minor)}
          isSticky={false}
          columns={[
            {
              key: 'piece',
              header: t('pieces.piece'),
              cell: (row) => shortMoney(row.minor, currency),
            },
            {
              key: 'declared',
              header: t('pieces.declared'),
              cell: (row) => formatCount(row.declared),
              align: 'right',
            },
            {
              key: 'counted',
              header: t('pieces.counted'),
              cell: (row) => (
                <span className={row.counted === row.declared ? '' : 'font-semibold text-danger'}>
                  {formatCount(row.counted)}
                </span>
              ),
              align: 'right',
            },
          ]}
        />
      )}
    </Card>
  )
}
