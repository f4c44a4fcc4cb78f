import { House, ListChecks, Phone, Wallet } from 'lucide-react'
import { Button } from '~/ui/base/button'
import { Card } from '~/ui/base/card'
import { Stat } from '~/ui/base/stat'
import { IspName } from '~/ui/layout/isp-name'
import { PhoneHeader, PhoneList, PhoneRow } from '~/ui/layout/phone-shell'
import { SyncBadge, type SyncState } from '~/ui/layout/sync-badge'
import { Money } from '~/ui/money/money'
import { Part } from './ui-basics'

const states: Array<SyncState> = [
  { kind: 'synced' },
  { kind: 'waiting', count: 3 },
  { kind: 'sending', count: 3 },
  { kind: 'offline', count: 0 },
  { kind: 'trouble', count: 1 },
]

export function Frames() {
  return (
    <Part title="Phone">
      <div className="grid gap-4 md:grid-cols-2">
        <Card title="Where the work is">
          <div className="flex flex-col items-start">
            {states.map((state) => (
              <SyncBadge key={state.kind} state={state} to="/dev/ui" />
            ))}
          </div>
          <div className="mt-4 border-t border-line pt-4">
            <IspName isp={{ name: 'Kagay-an Fiber & Cable Internet Services, Inc.' }} />
          </div>
        </Card>
        <div className="text-base">
          <PhoneHeader
            title="Carmen, Purok 4"
            lead="4 of 22 houses"
            back={{ to: '/dev/ui', label: 'Back' }}
            action={<Button icon={<Phone />}>Call</Button>}
          />
          <div className="mb-4">
            <Stat size="hero" label="Still to collect" value={<Money minor={1_840_000} />} />
          </div>
          <PhoneList>
            <PhoneRow
              to="/dev/ui"
              icon={<House />}
              title="Ana Reyes"
              detail="Blue gate behind the chapel"
              end={<Money minor={115_000} />}
              endDetail="12 days past due"
            />
            <PhoneRow
              to="/dev/ui"
              icon={<ListChecks />}
              title="Jun Abellanosa"
              detail="Promised for Friday"
              end={<Money minor={99_900} />}
              endDetail="due today"
            />
            <PhoneRow
              to="/dev/ui"
              icon={<Wallet />}
              title="Liza Padilla"
              detail="Paid this morning"
              end="Paid"
              endDetail="Receipt 0042"
            />
          </PhoneList>
        </div>
      </div>
    </Part>
  )
}
