import { Check, FileText, Pencil, Plus, Printer, Receipt, Trash2, Wallet } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import { Badge, StatusBadge } from '~/ui/base/badge'
import { Banner } from '~/ui/base/banner'
import { Button, IconButton, LinkButton } from '~/ui/base/button'
import { Card } from '~/ui/base/card'
import { CommandPalette } from '~/ui/base/command-palette'
import { CopyButton } from '~/ui/base/copy-button'
import { Dialog, DialogClose, Sheet } from '~/ui/base/dialog'
import { EmptyState, ErrorState } from '~/ui/base/empty-state'
import { Field } from '~/ui/base/field'
import { Kbd } from '~/ui/base/key-value'
import { Menu } from '~/ui/base/menu'
import { MoneyInput } from '~/ui/base/money-input'
import { SectionHeader } from '~/ui/base/page-header'
import { Progress, Skeleton, SkeletonRows } from '~/ui/base/progress'
import { QrCode } from '~/ui/base/qr-code'
import { toast, Toaster } from '~/ui/base/toast'
import { Tooltip } from '~/ui/base/tooltip'
import { Credit, Money } from '~/ui/money/money'

export function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section>
      <SectionHeader title={title} />
      {children}
    </section>
  )
}

const swatches = [
  ['Canvas', 'bg-canvas'],
  ['Surface', 'bg-surface'],
  ['Sunken', 'bg-sunken'],
  ['Line', 'bg-line-strong'],
  ['Ink', 'bg-ink'],
  ['Accent', 'bg-accent'],
  ['Success', 'bg-success'],
  ['Warn', 'bg-warn'],
  ['Danger', 'bg-danger'],
  ['Info', 'bg-info'],
]

export function Words() {
  return (
    <Part title="Words, money and colour">
      <Card>
        <div className="grid gap-8 md:grid-cols-2">
          <div className="flex flex-col gap-2">
            <p className="text-4xl font-semibold tracking-tight">
              <Money minor={123_456_789} />
            </p>
            <p className="text-2xl font-semibold">Maria Cristina Santos-Dela Cruz</p>
            <p className="text-lg">Fiber 50 Mbps, paid until 3 Nov 2026</p>
            <p className="text-base">Body on the phone, sixteen pixels.</p>
            <p>Body in the office, fourteen pixels.</p>
            <p className="text-soft">Less important: Purok 4, Brgy. Carmen, near the chapel</p>
            <p className="text-faint">Least important: account 000-1042</p>
            <p>
              <Credit minor={15_000} />
            </p>
          </div>
          <div className="flex flex-col gap-5">
            <div className="grid grid-cols-5 gap-2">
              {swatches.map(([name, color]) => (
                <div key={name}>
                  <div className={`h-10 rounded-md border border-line ${color}`} />
                  <p className="mt-1 text-xs text-faint">{name}</p>
                </div>
              ))}
            </div>
            <div className="flex flex-wrap gap-2">
              <StatusBadge tone="success">Active</StatusBadge>
              <StatusBadge tone="warn">Due soon</StatusBadge>
              <StatusBadge tone="danger">Past due</StatusBadge>
              <StatusBadge tone="info">Pending</StatusBadge>
              <StatusBadge tone="neutral">Terminated</StatusBadge>
              <Badge tone="accent">Prepaid</Badge>
              <Badge>Non-VAT</Badge>
            </div>
            <p className="flex items-center gap-2 text-soft">
              Search with <Kbd>Ctrl</Kbd> <Kbd>K</Kbd> or <Kbd>/</Kbd>
            </p>
          </div>
        </div>
      </Card>
    </Part>
  )
}

export function Actions() {
  const [isPaletteOpen, setPaletteOpen] = useState(false)

  return (
    <Part title="Actions">
      <Card>
        <div className="flex flex-col gap-5">
          <div className="flex flex-wrap items-center gap-2">
            <Button variant="primary" icon={<Wallet />}>
              Take ₱1,150
            </Button>
            <Button icon={<Plus />}>Add subscriber</Button>
            <Button variant="quiet">Cancel</Button>
            <Button variant="danger">Void receipt 0042</Button>
            <LinkButton to="/dev/ui" icon={<FileText />}>
              Open invoice
            </LinkButton>
          </div>
          <div className="flex flex-wrap items-center gap-2">
            <Button variant="primary" busy>
              Posting…
            </Button>
            <Button variant="primary" disabled>
              Take cash
            </Button>
            <Button disabled>Disabled</Button>
            <Button size="small">Small</Button>
            <Button size="large" variant="primary">
              Large, for the phone
            </Button>
            <IconButton label="Edit">
              <Pencil />
            </IconButton>
            <IconButton label="Print" variant="secondary">
              <Printer />
            </IconButton>
            <CopyButton value="000-1042" label="Copy the account number" />
          </div>
          <div className="flex flex-wrap items-center gap-2">
            <Menu
              align="start"
              trigger={<Button>Menu</Button>}
              entries={[
                { kind: 'heading', label: 'Receipt 0042' },
                { label: 'Print again', icon: <Printer />, onSelect: () => toast('Printing') },
                { kind: 'link', label: 'Open invoice', icon: <FileText />, to: '/dev/ui' },
                { kind: 'line' },
                {
                  label: 'Void receipt',
                  icon: <Trash2 />,
                  tone: 'danger',
                  onSelect: () => toast('Sent for approval'),
                },
              ]}
            />
            <Dialog
              title="Void receipt 0042"
              lead="A second person approves it. Until then the money counts."
              trigger={<Button>Dialog</Button>}
              actions={
                <>
                  <DialogClose>
                    <Button variant="quiet">Keep it</Button>
                  </DialogClose>
                  <Button variant="danger">Ask to void</Button>
                </>
              }
            >
              <Field label="Why" hint="The approver reads this.">
                <MoneyInput />
              </Field>
            </Dialog>
            <Sheet
              title="Receipt 0042"
              trigger={<Button>Sheet</Button>}
              actions={<Button>Print</Button>}
            >
              <p>3 Nov 2026, 14:05 · Ana Reyes · ₱1,150.00</p>
            </Sheet>
            <Tooltip text="Counted by the office, not yet deposited">
              <Button>Tooltip</Button>
            </Tooltip>
            <Button onClick={() => toast.success('Receipt 0042 posted')}>Toast</Button>
            <Button
              onClick={() => toast.error('The printer did not answer. The receipt is saved.')}
            >
              Toast, failed
            </Button>
            <Button onClick={() => setPaletteOpen(true)}>Command palette</Button>
          </div>
        </div>
      </Card>
      <CommandPalette
        open={isPaletteOpen}
        onOpenChange={setPaletteOpen}
        screens={[{ id: 'parts', to: '/dev/ui', label: 'Parts' }]}
        search={(query) =>
          Promise.resolve([
            {
              heading: 'Receipts',
              items: [
                {
                  id: '42',
                  to: '/dev/ui',
                  label: `Receipt for ${query}`,
                  detail: '₱1,150.00',
                  icon: <Receipt />,
                },
              ],
            },
          ])
        }
      />
      <Toaster />
    </Part>
  )
}

export function Feedback() {
  return (
    <Part title="Feedback">
      <div className="flex flex-col gap-3">
        <Banner
          kind="info"
          title="The July bills are ready to look at."
          actions={<Button size="small">Look at them</Button>}
        >
          312 invoices, ₱358,800.00. Nothing is sent until you say so.
        </Banner>
        <Banner kind="success">All 18 receipts are counted and posted.</Banner>
        <Banner kind="warn" title="Two subscribers could not be billed.">
          Their plan has no price from 1 Nov. The others are done.
        </Banner>
        <Banner kind="danger" title="This reference was already used for Ana Reyes on 3 Nov.">
          Check the number, or open that payment. Nothing was saved.
        </Banner>
        <Banner kind="demo">This is a demo. Change whatever you like.</Banner>
      </div>
      <div className="mt-4 grid gap-4 md:grid-cols-2">
        <Card>
          <EmptyState
            icon={<Receipt />}
            title="No receipts today"
            actions={<Button variant="primary">Take a payment</Button>}
          >
            Payments taken at the counter and in the field appear here.
          </EmptyState>
        </Card>
        <Card>
          <ErrorState title="The list did not load" actions={<Button>Try again</Button>}>
            The server did not answer in time. Nothing you saved is affected.
          </ErrorState>
        </Card>
        <Card title="Progress">
          <div className="flex flex-col gap-5">
            <Progress label="Making invoices" done={214} of={312} hint="You may leave this page." />
            <Progress label="Waiting for the database" />
          </div>
        </Card>
        <Card title="Loading" flush>
          <SkeletonRows rows={3} />
        </Card>
        <Card title="Receipt code">
          <div className="flex items-center gap-5">
            <QrCode
              value="https://linyada.example/r/0042"
              label="Code of receipt 0042"
              className="size-32 rounded-md"
            />
            <div className="flex flex-col gap-2">
              <Skeleton className="h-5 w-40" />
              <p className="flex items-center gap-2 text-success">
                <Check className="size-4" aria-hidden="true" /> Known and posted
              </p>
            </div>
          </div>
        </Card>
      </div>
    </Part>
  )
}
