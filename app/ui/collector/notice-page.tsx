import type { ReactNode } from 'react'
import { useArrival } from '~/ui/layout/arrival'
import { Logo } from '~/ui/layout/logo'

/** A whole screen that says one thing: what happened, what is safe, what to do. */
export function NoticePage(props: {
  icon: ReactNode
  title: ReactNode
  children?: ReactNode
  actions?: ReactNode
  foot?: ReactNode
}) {
  const main = useArrival()
  return (
    <main
      ref={main}
      data-density="touch"
      className="mx-auto flex min-h-dvh w-full max-w-lg flex-col px-6 pt-8 pb-10"
    >
      <Logo className="h-7 self-start" />
      <div className="flex flex-1 flex-col justify-center py-10">
        <span className="grid size-14 place-items-center rounded-full bg-accent-soft text-accent-text [&>svg]:size-7">
          {props.icon}
        </span>
        <h1 className="mt-5 text-2xl font-semibold text-balance outline-none">{props.title}</h1>
        <div className="mt-3 flex flex-col gap-3 text-soft">{props.children}</div>
        {props.actions ? <div className="mt-7 flex flex-col gap-3">{props.actions}</div> : null}
      </div>
      {props.foot}
    </main>
  )
}
