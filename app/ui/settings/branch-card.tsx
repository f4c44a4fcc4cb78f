import type { Branch } from '~/domain/branch'
import { useT } from '~/i18n/use-t'
import { Badge } from '~/ui/base/badge'
import { Button } from '~/ui/base/button'
import { Card } from '~/ui/base/card'
import { Table } from '~/ui/base/table'
import { BranchDialog, MoveToBranchDialog } from './branch-dialog'

type Barangays = Parameters<typeof MoveToBranchDialog>[0]['barangays']

/** The branches registered with the tax office, and who belongs to each. */
export function BranchCard(props: {
  branches: ReadonlyArray<Branch>
  barangays: Barangays
  newId: string
}) {
  const { branches, barangays, newId } = props
  const t = useT('settings')

  return (
    <Card
      title={t('branch.title')}
      lead={t('branch.lead')}
      actions={
        <BranchDialog
          key={newId}
          branch={null}
          newId={newId}
          trigger={<Button>{t('branch.add_button')}</Button>}
        />
      }
      flush
    >
      <Table
        caption={t('branch.title')}
        rows={branches}
        rowKey={(branch) => branch.id}
        isSticky={false}
        columns={[
          {
            key: 'branch',
            header: t('series.branch'),
            cell: (branch) => (
              <>
                <span className="flex flex-wrap items-center gap-2">
                  <span className="tabular">{branch.code}</span> {branch.name}
                  {branch.is_default ? (
                    <Badge tone="info">{t('branch.default')}</Badge>
                  ) : branch.is_open ? null : (
                    <Badge tone="neutral">{t('branch.closed')}</Badge>
                  )}
                </span>
                <span className="line-clamp-2 text-sm text-faint">{branch.address}</span>
              </>
            ),
          },
          {
            key: 'subscribers',
            header: t('branch.count'),
            align: 'right',
            isMinor: true,
            cell: (branch) => <span className="tabular">{branch.subscriber_count}</span>,
          },
          {
            key: 'change',
            header: <span className="sr-only">{t('branch.change')}</span>,
            align: 'right',
            cell: (branch) => (
              <span className="inline-flex justify-end gap-1 max-sm:flex-col max-sm:items-end">
                {branches.length > 1 && branch.is_open && barangays.length > 0 ? (
                  <MoveToBranchDialog
                    branch={branch}
                    barangays={barangays}
                    trigger={
                      <Button size="small" variant="quiet">
                        {t('branch.move')}
                      </Button>
                    }
                  />
                ) : null}
                <BranchDialog
                  branch={branch}
                  newId={newId}
                  trigger={
                    <Button size="small" variant="quiet">
                      {t('branch.change')}
                    </Button>
                  }
                />
              </span>
            ),
          },
        ]}
      />
    </Card>
  )
}
