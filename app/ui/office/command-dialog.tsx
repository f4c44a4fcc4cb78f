import type { SubmissionResult } from '@conform-to/react'
import { useFetcher } from '@remix-run/react'
import { useEffect, useRef, useState, type ReactNode, type RefObject } from 'react'
import type { SettledCash } from '~/domain/parked'
import { useT } from '~/i18n/use-t'
import { Button, type ButtonVariant } from '~/ui/base/button'
import { Dialog, DialogClose, type DialogProps } from '~/ui/base/dialog'
import { useFocusFirstError } from '~/ui/base/form'
import { toast } from '~/ui/base/toast'
import { FormRefusal } from './form-refusal'

type FieldErrors = (name: string) => Array<string> | null

/** What a route may add to the answer of its form. */
type Answered = { outcome?: string; note?: string | null; reason?: string } & Partial<SettledCash>

/** One command in a dialog. It closes when the command was taken, and says so. */
export function CommandDialog(props: {
  trigger: ReactNode
  title: string
  lead?: ReactNode
  size?: DialogProps['size']
  /** Where the form is posted, and which of that address's commands it is. */
  action: string
  intent: string
  submit: string
  submitVariant?: ButtonVariant
  /** Said when it is done; where the same command may end in more than one way, by its answer. */
  done: string | ((answer: Answered) => string)
  onDone?: (answer: Answered) => void
  /** Where to go when it is refused, by the reason. */
  help?: Partial<Record<string, ReactNode>>
  children?: (errors: FieldErrors) => ReactNode
}) {
  const [isOpen, setOpen] = useState(false)
  const isPutAway = useRef(false)
  return (
    <Dialog
      title={props.title}
      lead={props.lead}
      size={props.size}
      trigger={props.trigger}
      open={isOpen}
      onOpenChange={(opens) => {
        isPutAway.current = !opens
        setOpen(opens)
      }}
    >
      <CommandForm
        {...props}
        isPutAway={isPutAway}
        onDone={(answer) => {
          isPutAway.current = true
          setOpen(false)
          props.onDone?.(answer)
        }}
      />
    </Dialog>
  )
}

function CommandForm(
  props: Parameters<typeof CommandDialog>[0] & {
    onDone: (answer: Answered) => void
    /** Whether somebody closed the dialog, or it is done. */
    isPutAway: RefObject<boolean>
  },
) {
  const { action, intent, submit, submitVariant = 'primary', children, isPutAway } = props
  const t = useT('common')
  const fetcher = useFetcher<SubmissionResult & Answered>()
  const form = useRef<HTMLFormElement>(null)
  const latest = useRef(props)
  const errors: FieldErrors = (name) => fetcher.data?.error?.[name] ?? null
  useFocusFirstError(form, fetcher.data)

  useEffect(() => {
    latest.current = props
  })

  useEffect(() => {
    // The answer is there before the page is read anew, which may take this dialog's trigger away.
    if (fetcher.state === 'submitting' || fetcher.data?.status !== 'success') return
    const { done } = latest.current
    toast.success(typeof done === 'string' ? done : done(fetcher.data))
    latest.current.onDone(fetcher.data)
  }, [fetcher.state, fetcher.data])

  // A refusal often means that somebody was faster: the page is read anew and takes this dialog away. What it said stays in sight.
  const refusal = useRef<string | undefined>(undefined)
  useEffect(() => {
    refusal.current = fetcher.data?.error?.['']?.[0]
  }, [fetcher.data])
  useEffect(
    () => () => {
      if (!isPutAway.current && refusal.current) toast.error(refusal.current)
    },
    [isPutAway],
  )

  return (
    <fetcher.Form ref={form} method="post" action={action} noValidate>
      <input type="hidden" name="intent" value={intent} />
      <FormRefusal
        errors={errors('') ?? undefined}
        help={props.help?.[fetcher.data?.reason ?? '']}
      />
      <div className="flex flex-col gap-4">{children?.(errors)}</div>
      {/* In sight however long what stands above is: what it does has to be read beside the button. */}
      <div className="sticky -bottom-5 -mx-5 mt-3 -mb-5 flex flex-wrap justify-end gap-2 rounded-b-xl bg-raised px-5 pt-3 pb-5">
        <DialogClose>
          <Button variant="quiet">{t('cancel')}</Button>
        </DialogClose>
        <Button type="submit" variant={submitVariant} busy={fetcher.state !== 'idle'}>
          {submit}
        </Button>
      </div>
    </fetcher.Form>
  )
}
