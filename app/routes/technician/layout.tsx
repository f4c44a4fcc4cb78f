import { Outlet } from '@remix-run/react'
import { UserRound, Wrench } from 'lucide-react'
import { pageTexts } from '~/i18n/page-texts'
import { useT } from '~/i18n/use-t'
import { PhoneShell } from '~/ui/layout/phone-shell'
import { PhoneStart, turnToChosenLanguage } from '~/ui/layout/phone-start'
import { UpdatePrompt } from '~/ui/layout/update-prompt'

// No server loader here: this layout is part of the document a phone opens without signal.

export const handle = pageTexts('technician')

export async function clientLoader() {
  await turnToChosenLanguage()
  return null
}
clientLoader.hydrate = true as const

/** Moving between screens asks nothing of the network. */
export const shouldRevalidate = () => false

export const HydrateFallback = PhoneStart

export default function TechnicianLayout() {
  const t = useT('technician')
  return (
    <PhoneShell
      tabs={[
        { to: '/technician', label: t('nav.jobs'), icon: <Wrench />, end: true },
        { to: '/technician/me', label: t('nav.me'), icon: <UserRound /> },
      ]}
      banner={<UpdatePrompt />}
    >
      <Outlet />
    </PhoneShell>
  )
}
