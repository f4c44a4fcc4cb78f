import type { ComponentProps, ReactNode } from 'react'
import { Card } from '~/ui/base/card'
import { FilterBar } from '~/ui/base/filter-bar'
import { Pagination } from '~/ui/base/pagination'
import { ExportButtons } from './export-buttons'

type FilterBarProps = ComponentProps<typeof FilterBar>
type PaginationProps = ComponentProps<typeof Pagination>

/** A list page by page: what narrows it, the file of all that is left, its rows, and the steps to its other pages. */
export function FilteredList(props: {
  search?: FilterBarProps['search']
  filters?: FilterBarProps['filters']
  exportTo: string
  /** Whose list it is, where the address of the page says it and not its filters. */
  exportOf?: ComponentProps<typeof ExportButtons>['of']
  /** What can be added to the list. */
  actions?: ReactNode
  /** What is to be known of the rows, before them. */
  notice?: ReactNode
  total: PaginationProps['total']
  edges?: PaginationProps['edges']
  /** Its table, which says by itself that there is nothing. */
  children: ReactNode
}) {
  const { search, filters, exportTo, exportOf, actions, notice, total, edges, children } = props
  return (
    <>
      <div className="mb-3">
        <FilterBar
          search={search}
          filters={filters}
          actions={
            <>
              <ExportButtons to={exportTo} of={exportOf} />
              {actions}
            </>
          }
        />
      </div>
      {notice}
      <Card flush footer={total > 0 ? <Pagination total={total} edges={edges} /> : null}>
        {children}
      </Card>
    </>
  )
}
