import { clsx } from 'clsx'
import { X } from 'lucide-react'
import { Dialog as Radix } from 'radix-ui'
import { type ReactNode, useRef } from 'react'
import { useT } from '~/i18n/use-t'

export type DialogProps = {
  title: ReactNode
  lead?: ReactNode
  children?: ReactNode
  /** Buttons, the main one last. */
  actions?: ReactNode
  /** Opens it; leave out when `open` is given. */
  trigger?: ReactNode
  open?: boolean
  onOpenChange?: (open: boolean) => void
  size?: 'small' | 'medium' | 'large'
}

const widths = { small: 'sm:max-w-md', medium: 'sm:max-w-xl', large: 'sm:max-w-3xl' }

const scrim = 'fixed inset-0 z-50 bg-scrim data-[state=open]:animate-fade'

/** A question that must be settled before going on. On a phone it comes from below, in thumb's reach. */
export function Dialog(props: DialogProps) {
  const { title, lead, children, actions, trigger, open, onOpenChange, size = 'small' } = props
  const focus = useReturn(trigger === undefined)
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      {trigger ? <Radix.Trigger asChild>{trigger}</Radix.Trigger> : null}
      <Radix.Portal>
        <Radix.Overlay className={scrim} />
        <Radix.Content
          {...focus}
          {...(lead ? {} : { 'aria-describedby': undefined })}
          className={clsx(
            'fixed z-50 flex max-h-[92dvh] w-full flex-col border border-line bg-raised shadow-pop focus:outline-none',
            'inset-x-0 bottom-0 rounded-t-xl data-[state=open]:animate-slide-up',
            'sm:inset-x-auto sm:top-[12dvh] sm:bottom-auto sm:left-1/2 sm:max-h-[76dvh] sm:-translate-x-1/2 sm:rounded-xl sm:data-[state=open]:animate-fade',
            widths[size],
          )}
        >
          <Heading title={title} lead={lead} />
          <div className="min-h-0 flex-1 scroll-pb-20 overflow-y-auto px-5 pb-5">{children}</div>
          {actions ? <Actions>{actions}</Actions> : null}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}

/** Radix gives the focus back to the trigger. Where something else opened the dialog, that gets it back. */
function useReturn(isWithoutTrigger: boolean) {
  const before = useRef<Element | null>(null)
  return {
    onOpenAutoFocus: () => {
      before.current = document.activeElement
    },
    onCloseAutoFocus: (event: Event) => {
      const { current } = before
      if (!isWithoutTrigger || !(current instanceof HTMLElement) || !current.isConnected) return
      event.preventDefault()
      current.focus()
    },
  }
}

/** More beside the page, which stays in sight: a record's details, a form. From below on a phone. */
export function Sheet(props: Omit<DialogProps, 'size'> & { side?: 'right' | 'left' }) {
  const { title, lead, children, actions, trigger, open, onOpenChange, side = 'right' } = props
  const focus = useReturn(trigger === undefined)
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      {trigger ? <Radix.Trigger asChild>{trigger}</Radix.Trigger> : null}
      <Radix.Portal>
        <Radix.Overlay className={scrim} />
        <Radix.Content
          {...focus}
          {...(lead ? {} : { 'aria-describedby': undefined })}
          className={clsx(
            'fixed z-50 flex flex-col border-line bg-raised shadow-pop focus:outline-none',
            side === 'right' &&
              'inset-x-0 bottom-0 max-h-[92dvh] rounded-t-xl border-t data-[state=open]:animate-slide-up sm:inset-y-0 sm:right-0 sm:left-auto sm:max-h-none sm:w-[480px] sm:rounded-none sm:border-t-0 sm:border-l sm:data-[state=open]:animate-slide-left',
            side === 'left' &&
              'inset-y-0 left-0 w-[min(300px,85vw)] border-r data-[state=open]:animate-slide-right',
          )}
        >
          <Heading title={title} lead={lead} />
          <div className="min-h-0 flex-1 overflow-y-auto px-5 pb-5">{children}</div>
          {actions ? <Actions>{actions}</Actions> : null}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}

/** Closes the dialog it stands in: `<DialogClose><Button>Cancel</Button></DialogClose>`. */
export function DialogClose({ children }: { children: ReactNode }) {
  return <Radix.Close asChild>{children}</Radix.Close>
}

function Heading({ title, lead }: { title: ReactNode; lead?: ReactNode }) {
  const t = useT('common')
  return (
    <div className="flex items-start justify-between gap-4 px-5 pt-5 pb-4">
      <div className="min-w-0">
        <Radix.Title className="text-lg font-semibold">{title}</Radix.Title>
        {lead ? <Radix.Description className="mt-1 text-soft">{lead}</Radix.Description> : null}
      </div>
      <Radix.Close
        aria-label={t('close')}
        className="-mt-1.5 -mr-2 grid size-9 shrink-0 place-items-center rounded-md text-faint hover:bg-hover hover:text-ink in-[:root:has([data-density=touch])]:size-12"
      >
        <X className="size-4.5" />
      </Radix.Close>
    </div>
  )
}

function Actions({ children }: { children: ReactNode }) {
  return (
    <div className="safe-bottom border-t border-line">
      <div className="flex flex-wrap justify-end gap-2 px-5 py-3.5">{children}</div>
    </div>
  )
}
