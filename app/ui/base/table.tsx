import { Link, useSearchParams } from '@remix-run/react'
import { clsx } from 'clsx'
import { ArrowDown, ArrowUp } from 'lucide-react'
import type { ReactNode } from 'react'
import { useT } from '~/i18n/use-t'
import { BareCheckbox } from './choices'
import type { Selection } from './selection'
import { nextSort, sortOf, withParams } from '~/domain/url-list'

export type Column<Row> = {
  key: string
  header: ReactNode
  cell: (row: Row) => ReactNode
  /** `right` for money and counts. */
  align?: 'left' | 'right'
  /** The value of `?sort=` this heading asks for. Without it the heading is plain. */
  sort?: string
  /** Left out on narrow screens. */
  isMinor?: boolean
  /** Text that must not break: dates, numbers. */
  isNarrow?: boolean
  /** Said beneath the cell on narrow screens, where minor columns are left out. */
  beneath?: (row: Row) => ReactNode
}

export type TableProps<Row> = {
  /** What the table lists, for those who cannot see it. */
  caption: string
  columns: ReadonlyArray<Column<Row>>
  rows: ReadonlyArray<Row>
  rowKey: (row: Row) => string
  /** Makes the whole row go there; the first column carries the link. */
  rowHref?: (row: Row) => string
  /** Shown instead of rows. */
  empty?: ReactNode
  selection?: Selection
  /** Names a row for its checkbox. */
  rowLabel?: (row: Row) => string
  /** Cells of a totals row, by column key. */
  totals?: Partial<Record<string, ReactNode>>
  /** The heading stays in sight while the page scrolls. Off inside a part that scrolls by itself. */
  isSticky?: boolean
}

/** Dense rows for people who work in lists all day. */
export function Table<Row>(props: TableProps<Row>) {
  const { caption, columns, rows, rowKey, rowHref, empty, selection, rowLabel, totals } = props
  const { isSticky = true } = props
  const t = useT('common')

  if (rows.length === 0 && empty) return <>{empty}</>

  const keys = rows.map(rowKey)
  const chosen = selection ? keys.filter((key) => selection.has(key)).length : 0

  return (
    <div className="relative max-lg:overflow-x-auto">
      <table className="w-full border-separate border-spacing-0 text-sm">
        <caption className="sr-only">{caption}</caption>
        <thead>
          <tr>
            {selection ? (
              <th scope="col" className={headLook({ isSticky, className: 'w-10 pr-0' })}>
                <BareCheckbox
                  label={t('select_all')}
                  checked={chosen > 0 && chosen === keys.length}
                  isPartial={chosen > 0 && chosen < keys.length}
                  onChange={(event) => selection.setAll(keys, event.target.checked)}
                />
              </th>
            ) : null}
            {columns.map((column) => (
              <Heading key={column.key} column={column} isSticky={isSticky} />
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => {
            const key = rowKey(row)
            const href = rowHref?.(row)
            return (
              <tr
                key={key}
                data-selected={selection?.has(key) || undefined}
                className={clsx(
                  'group/row relative data-selected:bg-accent-soft',
                  href && 'hover:bg-hover',
                )}
              >
                {selection ? (
                  <td className={cellLook({ className: 'w-10 pr-0' })}>
                    <span className="relative z-10 flex">
                      <BareCheckbox
                        label={rowLabel ? `${t('select_row')}: ${rowLabel(row)}` : t('select_row')}
                        checked={selection.has(key)}
                        onChange={(event) => selection.set(key, event.target.checked)}
                      />
                    </span>
                  </td>
                ) : null}
                {columns.map((column, index) => (
                  <td key={column.key} className={cellLook(column)}>
                    {href && index === 0 ? (
                      <Link
                        to={href}
                        prefetch="intent"
                        className="font-medium text-ink after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:outline-offset-[-2px] focus-visible:after:outline-accent"
                      >
                        {column.cell(row)}
                      </Link>
                    ) : (
                      column.cell(row)
                    )}
                    {column.beneath ? (
                      <span className="block text-faint md:hidden">{column.beneath(row)}</span>
                    ) : null}
                  </td>
                ))}
              </tr>
            )
          })}
        </tbody>
        {totals ? (
          <tfoot>
            <tr className="font-semibold">
              {selection ? <td className={clsx(cellLook({}), totalLook)} /> : null}
              {columns.map((column) => (
                <td key={column.key} className={clsx(cellLook(column), totalLook)}>
                  {totals[column.key]}
                </td>
              ))}
            </tr>
          </tfoot>
        ) : null}
      </table>
    </div>
  )
}

function Heading<Row>({ column, isSticky }: { column: Column<Row>; isSticky: boolean }) {
  const t = useT('common')
  const [params] = useSearchParams()
  const sort = sortOf(params)
  const isSorted = column.sort !== undefined && sort?.key === column.sort
  const Arrow = sort?.isDescending ? ArrowDown : ArrowUp

  return (
    <th
      scope="col"
      aria-sort={isSorted ? (sort.isDescending ? 'descending' : 'ascending') : undefined}
      className={headLook({ ...column, isSticky })}
    >
      {column.sort ? (
        <Link
          to={withParams(params, { sort: nextSort(params, column.sort) })}
          preventScrollReset
          className={clsx(
            'inline-flex items-center gap-1 rounded-xs hover:text-ink',
            isSorted && 'text-ink',
          )}
        >
          {column.header}
          {isSorted ? (
            <>
              <Arrow className="size-3.5" aria-hidden="true" />
              <span className="sr-only">
                {t(sort.isDescending ? 'sort_descending' : 'sort_ascending')}
              </span>
            </>
          ) : null}
        </Link>
      ) : (
        column.header
      )}
    </th>
  )
}

const totalLook = 'border-t border-b-0 border-t-line-strong'

type Look = { align?: 'left' | 'right'; isMinor?: boolean; isNarrow?: boolean; className?: string }

function headLook({ align, isMinor, isSticky, className }: Look & { isSticky: boolean }) {
  return clsx(
    'h-9 border-b border-line bg-surface px-2 text-xs font-medium whitespace-nowrap text-faint first:rounded-tl-lg first:pl-4 last:rounded-tr-lg last:pr-4 sm:px-3 sm:first:pl-5 sm:last:pr-5',
    align === 'right' ? 'text-right' : 'text-left',
    isMinor && 'max-md:hidden',
    isSticky && 'z-20 lg:sticky lg:top-(--list-top,0px)',
    className,
  )
}

function cellLook({ align, isMinor, isNarrow, className }: Look) {
  return clsx(
    'h-(--row) border-b border-line px-2 py-1.5 sm:px-3 [overflow-wrap:break-word] first:pl-4 last:pr-4 group-last/row:border-b-0 sm:first:pl-5 sm:last:pr-5',
    align === 'right' && 'text-right whitespace-nowrap',
    isMinor && 'max-md:hidden',
    isNarrow && 'whitespace-nowrap',
    className,
  )
}
