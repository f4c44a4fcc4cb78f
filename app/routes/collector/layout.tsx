import { Outlet } from '@remix-run/react'
import { House, ListChecks, UserRound, Wallet } from 'lucide-react'
import { pageTexts } from '~/i18n/page-texts'
import { useT } from '~/i18n/use-t'
import { PhoneShell } from '~/ui/layout/phone-shell'
import { PhoneStart, turnToChosenLanguage } from '~/ui/layout/phone-start'
import { UpdatePrompt } from '~/ui/layout/update-prompt'

// No server loader here: this layout is part of the document a phone opens without signal.

export const handle = pageTexts('collector')

export async function clientLoader() {
  await turnToChosenLanguage()
  return null
}
clientLoader.hydrate = true as const

/** Moving between screens asks nothing of the network. */
export const shouldRevalidate = () => false

export const HydrateFallback = PhoneStart

export default function CollectorLayout() {
  const t = useT('collector')
  return (
    <PhoneShell
      tabs={[
        { to: '/collector', label: t('nav.today'), icon: <House />, end: true },
        { to: '/collector/route', label: t('nav.route'), icon: <ListChecks /> },
        { to: '/collector/cash', label: t('nav.cash'), icon: <Wallet /> },
        { to: '/collector/me', label: t('nav.me'), icon: <UserRound /> },
      ]}
      banner={<UpdatePrompt />}
    >
      <Outlet />
    </PhoneShell>
  )
}
