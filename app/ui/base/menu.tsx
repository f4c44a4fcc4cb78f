import { Link } from '@remix-run/react'
import { clsx } from 'clsx'
import { Check } from 'lucide-react'
import { DropdownMenu as Radix } from 'radix-ui'
import type { ReactNode } from 'react'

export type MenuEntry =
  | {
      kind?: 'action'
      label: ReactNode
      onSelect: () => void
      icon?: ReactNode
      tone?: 'danger'
      disabled?: boolean
    }
  | { kind: 'link'; label: ReactNode; to: string; icon?: ReactNode; reloadDocument?: boolean }
  | { kind: 'choice'; label: ReactNode; isChosen: boolean; onSelect: () => void }
  | { kind: 'heading'; label: ReactNode }
  | { kind: 'line' }

const entryLook = clsx(
  'flex min-h-9 w-full cursor-pointer items-center gap-2.5 rounded-sm px-2.5 py-1.5 text-left text-sm outline-none select-none',
  'data-highlighted:bg-hover data-disabled:cursor-default data-disabled:opacity-50 [&>svg]:size-4 [&>svg]:shrink-0 [&>svg]:text-faint',
  'in-[:root:has([data-density=touch])]:min-h-12 in-[:root:has([data-density=touch])]:text-base',
)

export function Menu(props: {
  trigger: ReactNode
  entries: ReadonlyArray<MenuEntry>
  align?: 'start' | 'end'
  side?: 'top' | 'bottom'
}) {
  const { trigger, entries, align = 'end', side = 'bottom' } = props
  return (
    <Radix.Root modal={false}>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          align={align}
          side={side}
          sideOffset={6}
          collisionPadding={8}
          className="z-50 max-h-(--radix-dropdown-menu-content-available-height) min-w-52 overflow-y-auto rounded-lg border border-line bg-raised p-1.5 shadow-pop data-[state=open]:animate-rise"
        >
          {entries.map((entry, index) => (
            <Entry key={index} entry={entry} />
          ))}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}

function Entry({ entry }: { entry: MenuEntry }) {
  switch (entry.kind) {
    case 'line':
      return <Radix.Separator className="mx-1 my-1.5 h-px bg-line" />
    case 'heading':
      return (
        <Radix.Label className="px-2.5 pt-1.5 pb-1 text-xs font-medium text-faint">
          {entry.label}
        </Radix.Label>
      )
    case 'link':
      return (
        <Radix.Item asChild>
          <Link to={entry.to} reloadDocument={entry.reloadDocument} className={entryLook}>
            {entry.icon}
            {entry.label}
          </Link>
        </Radix.Item>
      )
    case 'choice':
      return (
        <Radix.CheckboxItem
          checked={entry.isChosen}
          onSelect={entry.onSelect}
          className={entryLook}
        >
          <span className="grid size-4 place-items-center">
            <Radix.ItemIndicator>
              <Check className="size-4 text-accent-text" />
            </Radix.ItemIndicator>
          </span>
          {entry.label}
        </Radix.CheckboxItem>
      )
    default:
      return (
        <Radix.Item
          disabled={entry.disabled}
          onSelect={entry.onSelect}
          className={clsx(entryLook, entry.tone === 'danger' && 'text-danger [&>svg]:text-danger!')}
        >
          {entry.icon}
          {entry.label}
        </Radix.Item>
      )
  }
}
