import { clsx } from 'clsx'
import { useEffect, type ReactNode, type RefObject } from 'react'

/** Questions of a form that belong together, with what they are for beside them on a wide screen. */
export function FormSection(props: { title: ReactNode; lead?: ReactNode; children: ReactNode }) {
  return (
    <section className="grid gap-x-10 gap-y-4 border-b border-line py-6 first:pt-0 last:border-b-0 lg:grid-cols-[minmax(0,1fr)_minmax(0,2fr)]">
      <div>
        <h2 className="text-base font-semibold">{props.title}</h2>
        {props.lead ? <p className="mt-1 text-sm text-soft">{props.lead}</p> : null}
      </div>
      <div className="flex min-w-0 flex-col gap-4">{props.children}</div>
    </section>
  )
}

/** Fields side by side where there is room. */
export function FieldRow({ children, columns = 2 }: { children: ReactNode; columns?: 2 | 3 }) {
  return (
    <div className={clsx('grid gap-4', columns === 2 ? 'sm:grid-cols-2' : 'sm:grid-cols-3')}>
      {children}
    </div>
  )
}

export function FormActions({ children }: { children: ReactNode }) {
  return <div className="flex flex-wrap items-center justify-end gap-2 pt-5">{children}</div>
}

/** After an answer with errors, the first wrong field takes the focus. */
export function useFocusFirstError(form: RefObject<HTMLFormElement>, answer: unknown) {
  useEffect(() => {
    if (!answer) return
    form.current?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus()
  }, [form, answer])
}
