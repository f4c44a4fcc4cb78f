import { FilterBar, type Filter } from '~/ui/base/filter-bar'
import { ExportButtons } from './export-buttons'

/** Inside the card of a short list: what narrows it, and the file of what is left. */
export function ListBar(props: {
  search: { name?: string; label: string }
  filters?: ReadonlyArray<Filter>
  /** As `/office/lists/<list>/export` knows it. */
  list: string
}) {
  const { search, filters, list } = props
  return (
    <div className="border-b border-line p-3">
      <FilterBar
        isPart
        search={search}
        filters={filters}
        actions={<ExportButtons to={`/office/lists/${list}/export`} />}
      />
    </div>
  )
}
