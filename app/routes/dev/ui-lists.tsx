import { Ban, Download, FileText, Receipt, Wifi } from 'lucide-react'
import { StatusBadge, type Tone } from '~/ui/base/badge'
import { Button } from '~/ui/base/button'
import { Card } from '~/ui/base/card'
import { FilterBar } from '~/ui/base/filter-bar'
import { KeyValue } from '~/ui/base/key-value'
import { PageHeader } from '~/ui/base/page-header'
import { Pagination } from '~/ui/base/pagination'
import { SelectionBar, useSelection } from '~/ui/base/selection'
import { Stat, StatGrid } from '~/ui/base/stat'
import { Table } from '~/ui/base/table'
import { TabLinks, Tabs } from '~/ui/base/tabs'
import { Timeline } from '~/ui/base/timeline'
import { formatDay } from '~/i18n/format'
import { Money, MoneyCell } from '~/ui/money/money'
import { Part } from './ui-basics'

type Row = {
  id: string
  name: string
  place: string
  plan: string
  state: [Tone, string]
  dueOn: string
  minor: number
}

const rows: Array<Row> = [
  {
    id: '1',
    name: 'Ana Reyes',
    place: 'Carmen, Purok 4',
    plan: 'Fiber 50',
    state: ['success', 'On'],
    dueOn: '2026-11-15',
    minor: 0,
  },
  {
    id: '2',
    name: 'Maria Cristina Evangelista Santos-Dela Cruz and Sons Trading',
    place: 'Nazareth, behind the chapel',
    plan: 'Business 200',
    state: ['danger', 'Past due'],
    dueOn: '2026-10-15',
    minor: 123_456_789,
  },
  {
    id: '3',
    name: 'Jun Abellanosa',
    place: 'Macasandig, Purok 1',
    plan: 'Fiber 25',
    state: ['warn', 'Due soon'],
    dueOn: '2026-11-05',
    minor: 115_000,
  },
  {
    id: '4',
    name: 'Liza Padilla',
    place: 'Lapasan, near the market',
    plan: 'Fiber 25',
    state: ['success', 'On'],
    dueOn: '2026-11-20',
    minor: -15_000,
  },
  {
    id: '5',
    name: 'Rodel Tan',
    place: 'Gusa',
    plan: 'Fiber 50',
    state: ['neutral', 'Terminated'],
    dueOn: '2026-08-31',
    minor: 0,
  },
]

export function Lists() {
  const selection = useSelection()

  return (
    <Part title="Lists">
      <div className="flex flex-col gap-4">
        <StatGrid>
          <Stat label="Collected today" value={<Money minor={1_845_000} />} hint="16 receipts" />
          <Stat
            label="Cash with collectors"
            value={<Money minor={962_000} />}
            hint="3 people"
            tone="warn"
          />
          <Stat
            label="Past due"
            value={<Money minor={12_480_050} />}
            hint="87 subscribers"
            tone="danger"
            to="/dev/ui"
          />
          <Stat label="Services on" value="1,204" hint="12 more than last month" />
        </StatGrid>
        <FilterBar
          search={{ label: 'Search subscribers' }}
          filters={[
            {
              name: 'state',
              label: 'State',
              options: [
                { value: 'on', label: 'On' },
                { value: 'off', label: 'Off' },
              ],
            },
            {
              name: 'barangay',
              label: 'Barangay',
              options: [
                { value: 'carmen', label: 'Carmen' },
                { value: 'gusa', label: 'Gusa' },
              ],
            },
            { kind: 'day', name: 'due', label: 'Due by' },
          ]}
          actions={<Button icon={<Download />}>Export</Button>}
        />
        <Card flush footer={<Pagination total={4_812} />}>
          <SelectionBar selection={selection}>
            <Button size="small">Send reminder</Button>
            <Button size="small">Assign route</Button>
          </SelectionBar>
          <Table
            caption="Subscribers"
            rows={rows}
            rowKey={(row) => row.id}
            rowHref={(row) => `/dev/ui?row=${row.id}`}
            rowLabel={(row) => row.name}
            selection={selection}
            columns={[
              { key: 'name', header: 'Subscriber', sort: 'name', cell: (row) => row.name },
              {
                key: 'place',
                header: 'Barangay',
                isMinor: true,
                cell: (row) => <span className="text-soft">{row.place}</span>,
              },
              {
                key: 'plan',
                header: 'Plan',
                isMinor: true,
                isNarrow: true,
                cell: (row) => row.plan,
              },
              {
                key: 'state',
                header: 'Service',
                isNarrow: true,
                cell: (row) => <StatusBadge tone={row.state[0]}>{row.state[1]}</StatusBadge>,
              },
              {
                key: 'due',
                header: 'Due',
                sort: 'due',
                isMinor: true,
                isNarrow: true,
                cell: (row) => formatDay(row.dueOn),
              },
              {
                key: 'balance',
                header: 'Balance',
                sort: 'balance',
                align: 'right',
                cell: (row) => <MoneyCell minor={row.minor} />,
              },
            ]}
            totals={{ name: 'On this page', balance: <Money minor={123_556_789} /> }}
          />
        </Card>
      </div>
    </Part>
  )
}

export function Records() {
  return (
    <Part title="Records">
      <Card>
        <PageHeader
          title="Ana Reyes"
          state={<StatusBadge tone="danger">12 days past due</StatusBadge>}
          lead="Account 000-1042 · Carmen, Purok 4"
          back={{ to: '/dev/ui', label: 'Subscribers' }}
          actions={
            <>
              <Button>Edit</Button>
              <Button variant="primary">Take payment</Button>
            </>
          }
        />
        <TabLinks
          label="Parts of the record"
          tabs={[
            { to: '/dev/ui', label: 'Overview', end: true },
            { to: '/dev/mail', label: 'Invoices', count: 14 },
            { to: '/dev/clock', label: 'Receipts', count: 1_213 },
          ]}
        />
        <div className="grid gap-8 lg:grid-cols-[minmax(0,1fr)_300px]">
          <div>
            <Stat
              size="hero"
              label="Balance"
              value={<Money minor={230_000} />}
              hint="Two invoices, the oldest due 22 Oct 2026"
            />
            <div className="mt-8">
              <Timeline
                items={[
                  {
                    id: '1',
                    title: 'Service cut off',
                    at: '2 Nov 2026, 09:00',
                    detail: 'By itself, seven days after the due day',
                    icon: <Ban />,
                    tone: 'danger',
                  },
                  {
                    id: '2',
                    title: 'Invoice 2026-00311 issued',
                    at: '1 Nov 2026, 06:00',
                    detail: <Money minor={115_000} />,
                    icon: <FileText />,
                    tone: 'info',
                  },
                  {
                    id: '3',
                    title: 'Receipt 0042',
                    at: '22 Sep 2026, 14:05',
                    detail: 'Cash to Jun Abellanosa, remitted',
                    icon: <Receipt />,
                    tone: 'success',
                  },
                  { id: '4', title: 'Installed', at: '3 Mar 2026, 10:40', icon: <Wifi /> },
                ]}
              />
            </div>
          </div>
          <KeyValue
            items={[
              { key: 'Plan', value: 'Fiber 50' },
              { key: 'Monthly', value: <Money minor={115_000} /> },
              { key: 'NAP', value: 'NAP-07, port 3' },
              { key: 'E-mail', value: null },
              { key: 'Phone', value: '0917 555 0142' },
            ]}
          />
        </div>
        <div className="mt-8">
          <Tabs
            label="Ways to pay"
            tabs={[
              {
                id: 'cash',
                label: 'Cash',
                content: <p className="text-soft">At the counter or to a collector.</p>,
              },
              {
                id: 'gcash',
                label: 'GCash',
                content: <p className="text-soft">To 0917 555 0100, with the account number.</p>,
              },
            ]}
          />
        </div>
      </Card>
    </Part>
  )
}
