import { Outlet } from '@remix-run/react'
import { UserRound, Wrench } from 'lucide-react'
import { pageTexts } from '~/i18n/page-texts'
import { useT } from '~/i18n/use-t'
import { LinkButton } from '~/ui/base/button'
import { EmptyState } from '~/ui/base/empty-state'
import { PhoneShell } from '~/ui/layout/phone-shell'
import { PhoneStart, turnToChosenLanguage } from '~/ui/layout/phone-start'
import { UpdatePrompt } from '~/ui/layout/update-prompt'
import { useStanding } from './workplace'

// No server loader here: this layout is part of the document a phone opens without signal.

export const handle = pageTexts('technician')

export async function clientLoader() {
  await turnToChosenLanguage(handle)
  return null
}
clientLoader.hydrate = true as const

/** Moving between screens asks nothing of the network. */
export const shouldRevalidate = () => false

export const HydrateFallback = PhoneStart

export default function TechnicianLayout() {
  const t = useT('technician')
  const standing = useStanding()

  return (
    <PhoneShell
      isp={standing.kind === 'known' ? standing.workplace.isp : null}
      tabs={[
        { to: '/technician', label: t('nav.jobs'), icon: <Wrench />, end: true },
        { to: '/technician/me', label: t('nav.me'), icon: <UserRound /> },
      ]}
      banner={<UpdatePrompt />}
    >
      {standing.kind === 'signed_out' || standing.kind === 'not_a_technician' ? (
        <Closed reason={standing.kind} />
      ) : (
        <Outlet context={standing} />
      )}
    </PhoneShell>
  )
}

function Closed({ reason }: { reason: 'signed_out' | 'not_a_technician' }) {
  const t = useT('technician')
  const common = useT('common')

  if (reason === 'not_a_technician') {
    return (
      <EmptyState isPage title={common('error.forbidden.title')}>
        {t('closed.other')}
      </EmptyState>
    )
  }
  return (
    <EmptyState
      isPage
      title={t('closed.title')}
      actions={
        <LinkButton to="/sign-in?to=/technician" variant="primary" size="large" reloadDocument>
          {common('sign_in')}
        </LinkButton>
      }
    >
      {t('closed.body')}
    </EmptyState>
  )
}
