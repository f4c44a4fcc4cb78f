import { Link } from '@remix-run/react'
import type { ReactNode } from 'react'
import { useT } from '~/i18n/use-t'
import { BrandAccent } from './brand-accent'
import { IspName, type Isp } from './isp-name'
import { LanguagePicker } from './language-picker'
import { Logo } from './logo'

/** Signing in, joining, signing up: the form on one side, what this is on the other. */
export function AuthShell(props: {
  title: ReactNode
  lead?: ReactNode
  /** Whose door this is, when known. */
  isp?: Isp | null
  children: ReactNode
  /** Below the form: the other ways in. */
  footer?: ReactNode
  /** `wide` is for a sign-up with several questions. */
  size?: 'normal' | 'wide'
}) {
  const { title, lead, isp, children, footer, size = 'normal' } = props
  const t = useT('auth')

  return (
    <div className="grid min-h-dvh lg:grid-cols-[minmax(0,1fr)_minmax(0,1fr)] xl:grid-cols-[minmax(0,5fr)_minmax(0,6fr)]">
      <BrandAccent color={isp?.brandColor} />
      <div className="flex min-w-0 flex-col bg-surface px-5 py-6 sm:px-10">
        <header className="flex min-h-10 items-center justify-between">
          {isp ? (
            <IspName isp={isp} />
          ) : (
            <Link to="/" aria-label="Linyada" className="rounded-sm">
              <Logo className="h-8" />
            </Link>
          )}
        </header>
        <main
          id="content"
          className={`mx-auto flex w-full flex-1 flex-col justify-center py-10 ${size === 'wide' ? 'max-w-lg' : 'max-w-sm'}`}
        >
          <h1 className="text-2xl font-semibold">{title}</h1>
          {lead ? <p className="mt-2 text-base text-soft">{lead}</p> : null}
          <div className="mt-7">{children}</div>
          {footer ? <div className="mt-6 text-soft">{footer}</div> : null}
        </main>
        <LanguagePicker className="-ml-2.5" />
      </div>
      <aside className="relative hidden overflow-hidden bg-[#0b2231] text-[#e6f1f8] lg:block">
        <div
          aria-hidden="true"
          className="lines-pattern absolute inset-0 bg-cover bg-right-top [mask-image:linear-gradient(to_bottom,black_35%,transparent_66%)]"
        />
        <div className="relative flex h-full max-w-xl flex-col justify-end p-14 xl:p-20">
          <p className="text-3xl font-semibold tracking-tight text-balance">{t('aside.title')}</p>
          <ul className="mt-8 flex flex-col gap-3 text-base text-[#b5cfdf]">
            {(['aside.offline', 'aside.ledger', 'aside.own_data'] as const).map((key) => (
              <li key={key} className="flex gap-3">
                <span aria-hidden="true" className="mt-3 h-px w-5 shrink-0 bg-[#5fb4e5]" />
                {t(key)}
              </li>
            ))}
          </ul>
        </div>
      </aside>
    </div>
  )
}
