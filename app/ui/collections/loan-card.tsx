import { useFormat } from '~/i18n/use-format'
import { useT } from '~/i18n/use-t'
import { Button } from '~/ui/base/button'
import { Card } from '~/ui/base/card'
import { Table } from '~/ui/base/table'
import { CommandDialog } from '~/ui/office/command-dialog'
import { useOffice } from '~/ui/office/office-context'

type Loan = {
  id: string
  route_name: string
  collector_id: string | null
  collector_name: string | null
  member_name: string
  from_on: string
  until_on: string
  reason: string | null
}

/** Routes this collector lends or borrows, now or on days to come, each with a way back. */
export function LoanCard(props: { loans: ReadonlyArray<Loan>; collectorId: string }) {
  const { loans, collectorId } = props
  const t = useT('oversight')
  const format = useFormat()
  const { can } = useOffice()

  return (
    <Card title={t('loan.title')} flush className="mt-5">
      <Table
        caption={t('loan.caption')}
        rows={loans}
        rowKey={(loan) => loan.id}
        isSticky={false}
        columns={[
          {
            key: 'route',
            header: t('loan.column.route'),
            cell: (loan) => (
              <>
                <span className="font-medium">
                  {loan.collector_id === collectorId
                    ? t('loan.given', { route: loan.route_name, name: loan.member_name })
                    : t('loan.taken', { route: loan.route_name, name: loan.collector_name ?? '—' })}
                </span>
                {loan.reason ? <span className="block text-faint">{loan.reason}</span> : null}
              </>
            ),
          },
          {
            key: 'days',
            header: t('loan.column.days'),
            isNarrow: true,
            cell: (loan) =>
              t('loan.range', { from: format.day(loan.from_on), until: format.day(loan.until_on) }),
          },
          {
            key: 'back',
            header: <span className="sr-only">{t('loan.end')}</span>,
            align: 'right',
            cell: (loan) =>
              can('places.manage') ? (
                <CommandDialog
                  trigger={<Button size="small">{t('loan.end')}</Button>}
                  title={t('loan.end_title', { route: loan.route_name })}
                  lead={t('loan.end_lead')}
                  action={`/office/collections/collectors/${collectorId}`}
                  intent="end_loan"
                  submit={t('loan.end')}
                  done={t('loan.ended_toast')}
                >
                  {() => <input type="hidden" name="loan_id" value={loan.id} />}
                </CommandDialog>
              ) : null,
          },
        ]}
      />
    </Card>
  )
}
