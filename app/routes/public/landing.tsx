import type { MetaFunction } from '@remix-run/react'
import { ArrowRight, Banknote, CloudOff, MapPinned, ShieldCheck } from 'lucide-react'
import texts from '~/i18n/en/public.json'
import { pageTexts } from '~/i18n/page-texts'
import { useT } from '~/i18n/use-t'
import { LinkButton } from '~/ui/base/button'
import { LanguagePicker } from '~/ui/layout/language-picker'
import { Logo } from '~/ui/layout/logo'
import { LandingScene } from './landing-scene'

export const handle = pageTexts('public')

export const meta: MetaFunction = () => [
  { title: texts.title },
  { name: 'description', content: texts.description },
]

const reasons = [
  { key: 'why.offline', Icon: CloudOff },
  { key: 'why.ledger', Icon: Banknote },
  { key: 'why.wall', Icon: ShieldCheck },
  { key: 'why.map', Icon: MapPinned },
] as const

const audiences = ['who.office', 'who.collector', 'who.technician', 'who.subscriber'] as const

export default function Landing() {
  const t = useT('public')

  return (
    <div className="bg-surface">
      <header className="mx-auto flex max-w-6xl items-center justify-between px-5 py-5 sm:px-8">
        <Logo className="h-8" />
        <LinkButton to="/sign-in" variant="quiet" className="-mr-3.5">
          {t('hero.sign_in')}
        </LinkButton>
      </header>

      <main id="content">
        <section className="mx-auto grid max-w-6xl grid-cols-[minmax(0,1fr)] items-center gap-x-16 gap-y-14 px-5 pt-8 pb-20 sm:px-8 lg:grid-cols-[minmax(0,1.05fr)_minmax(0,1fr)] lg:pt-16 lg:pb-28">
          <div>
            <h1 className="text-[min(2.5rem,12vw)] leading-[1.15] font-semibold tracking-[-0.025em] text-balance sm:text-5xl">
              {t('hero.title')}
            </h1>
            <p className="mt-5 max-w-xl text-lg text-soft text-pretty">{t('hero.lead')}</p>
            <div className="mt-8 flex flex-wrap gap-3">
              <LinkButton to="/sign-up" variant="primary" size="large">
                {t('hero.sign_up')}
                <ArrowRight />
              </LinkButton>
              <LinkButton to="/sign-in" size="large">
                {t('hero.sign_in')}
              </LinkButton>
            </div>
            <p className="mt-6 max-w-md text-sm text-faint">{t('hero.subscriber')}</p>
          </div>
          <LandingScene />
        </section>

        <section className="border-y border-line bg-canvas">
          <div className="mx-auto max-w-6xl px-5 py-16 sm:px-8 sm:py-20">
            <h2 className="text-2xl font-semibold tracking-tight">{t('why.title')}</h2>
            <div className="mt-10 grid gap-x-14 gap-y-10 sm:grid-cols-2">
              {reasons.map(({ key, Icon }) => (
                <div key={key} className="flex gap-4">
                  <span className="grid size-10 shrink-0 place-items-center rounded-md bg-accent-soft text-accent-text">
                    <Icon className="size-5" aria-hidden="true" />
                  </span>
                  <div>
                    <h3 className="text-lg font-semibold">{t(`${key}.title`)}</h3>
                    <p className="mt-1 text-base text-soft text-pretty">{t(`${key}.body`)}</p>
                  </div>
                </div>
              ))}
            </div>
          </div>
        </section>

        <section className="mx-auto max-w-6xl px-5 py-16 sm:px-8 sm:py-20">
          <h2 className="text-2xl font-semibold tracking-tight">{t('who.title')}</h2>
          <dl className="mt-8 grid gap-x-10 sm:grid-cols-2 lg:grid-cols-4">
            {audiences.map((key) => (
              <div key={key} className="border-t-2 border-accent pt-4 pb-8">
                <dt className="text-base font-semibold">{t(`${key}.title`)}</dt>
                <dd className="mt-1 text-base text-soft">{t(`${key}.body`)}</dd>
              </div>
            ))}
          </dl>
        </section>
      </main>

      <footer className="border-t border-line">
        <div className="mx-auto flex max-w-6xl flex-wrap items-center justify-between gap-x-8 gap-y-3 px-5 py-7 text-sm text-faint sm:px-8">
          <p>{t('footer')}</p>
          <LanguagePicker className="-ml-2.5" />
        </div>
      </footer>
    </div>
  )
}
