import { useEffect, useState } from 'react'
import { OPENED_FOR } from '~/domain/opened-for'
import { useT } from '~/i18n/use-t'
import { LinkButton } from '~/ui/base/button'
import { PageHeader } from '~/ui/base/page-header'

/**
 * The ISP this tab was opened for. Every form sent from it says so, whichever way it is sent: building
 * a form's data is the one moment that all of them share.
 */
export function useOpenedFor(tenantId: string): string {
  const [openedFor] = useState(tenantId)

  useEffect(() => {
    function sign(event: FormDataEvent) {
      const isRead = event.target instanceof HTMLFormElement && event.target.method === 'get'
      if (!isRead) event.formData.set(OPENED_FOR, openedFor)
    }
    document.addEventListener('formdata', sign)
    return () => document.removeEventListener('formdata', sign)
  }, [openedFor])

  return openedFor
}

/** Stands in place of a page whose ISP was left in another tab, so that nothing of both is on one screen. */
export function OtherIsp({ name }: { name: string }) {
  const t = useT('office')
  return (
    <div role="alert">
      <PageHeader title={t('other_isp.title', { name })} lead={t('other_isp.body')} />
      <div className="flex flex-wrap gap-2">
        <LinkButton variant="primary" to="/office" reloadDocument>
          {t('other_isp.go_on', { name })}
        </LinkButton>
        <LinkButton to="/switch" reloadDocument>
          {t('other_isp.switch')}
        </LinkButton>
      </div>
    </div>
  )
}
