import type { ReactNode } from 'react'
import { useT } from '~/i18n/use-t'
import { Card } from '~/ui/base/card'
import { EmptyState } from '~/ui/base/empty-state'
import { FilterBar, type Filter } from '~/ui/base/filter-bar'
import { Pagination } from '~/ui/base/pagination'
import { ExportButtons } from '~/ui/office/export-buttons'

/** A list of one subscriber's documents, beneath their name. */
export function RecordList(props: {
  subscriberId: string
  searchLabel: string
  filters: ReadonlyArray<Filter>
  exportTo: string
  /** What can be added to the list. */
  actions?: ReactNode
  total: number
  children: ReactNode
}) {
  const { subscriberId, total } = props
  return (
    <>
      <div className="mb-3">
        <FilterBar
          search={{ label: props.searchLabel }}
          filters={props.filters}
          actions={
            <>
              <ExportButtons to={props.exportTo} of={{ subscriber: subscriberId }} />
              {props.actions}
            </>
          }
        />
      </div>
      <Card flush footer={total > 0 ? <Pagination total={total} /> : null}>
        {props.children}
      </Card>
    </>
  )
}

/** Nothing at all, or nothing that fits. */
export function NoRecords(props: {
  icon: ReactNode
  isNarrowed: boolean
  title: string
  body: string
}) {
  const t = useT('subscribers')
  if (props.isNarrowed) {
    return (
      <EmptyState icon={props.icon} title={t('record.none_fit')}>
        {t('record.none_fit_body')}
      </EmptyState>
    )
  }
  return (
    <EmptyState icon={props.icon} title={props.title}>
      {props.body}
    </EmptyState>
  )
}
