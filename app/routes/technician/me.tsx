import { useT } from '~/i18n/use-t'
import { Button } from '~/ui/base/button'
import { Card } from '~/ui/base/card'
import { LanguagePicker } from '~/ui/layout/language-picker'
import { PhoneHeader } from '~/ui/layout/phone-shell'
import { ThemePicker } from '~/ui/layout/theme-picker'
import { forgetWorkplace, useTechnician } from './workplace'

export default function TechnicianMe() {
  const t = useT('common')
  const standing = useTechnician()
  return (
    <>
      <PhoneHeader
        title={standing.kind === 'known' ? standing.workplace.person : t('account')}
        lead={standing.kind === 'known' ? standing.workplace.isp.name : undefined}
      />
      <div className="flex flex-col gap-4">
        <Card title={t('language')}>
          <LanguagePicker />
        </Card>
        <Card title={t('theme')}>
          <ThemePicker />
        </Card>
        <form method="post" action="/sign-out" onSubmit={forgetWorkplace}>
          <Button type="submit" wide>
            {t('sign_out')}
          </Button>
        </form>
      </div>
    </>
  )
}
