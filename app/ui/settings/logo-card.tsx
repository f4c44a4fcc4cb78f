import type { SubmissionResult } from '@conform-to/react'
import { useFetcher } from '@remix-run/react'
import { useState } from 'react'
import { OPENED_FOR } from '~/domain/opened-for'
import { useT } from '~/i18n/use-t'
import { Button } from '~/ui/base/button'
import { Card } from '~/ui/base/card'
import { FileDrop } from '~/ui/base/file-drop'
import { FormRefusal } from '~/ui/office/form-refusal'
import { useOffice } from '~/ui/office/office-context'
import { useSavedToast } from '~/ui/office/saved-toast'
import { pictureOf } from './picture-of'

/** The ISP's picture. It is made small and given the form every document can carry before it is sent. */
export function LogoCard({ logoPath }: { logoPath: string | null }) {
  const t = useT('settings')
  const { id } = useOffice()
  const fetcher = useFetcher<SubmissionResult>()
  const [isUnreadable, setUnreadable] = useState(false)
  const isBusy = fetcher.state !== 'idle'
  useSavedToast(fetcher.data, t('saved'))

  function save(fields: Record<string, string>) {
    fetcher.submit({ intent: 'logo', [OPENED_FOR]: id, ...fields }, { method: 'post' })
  }

  async function take([file]: Array<File>) {
    const picture = file ? await pictureOf(file) : null
    setUnreadable(picture === null)
    if (picture) save(picture)
  }

  return (
    <Card title={t('logo.title')} lead={t('logo.lead')} className="mt-5">
      <FormRefusal
        errors={isUnreadable ? [t('logo.unreadable')] : (fetcher.data?.error?.[''] ?? undefined)}
      />
      <div className="flex flex-wrap items-center gap-5">
        {logoPath ? (
          <img
            src={logoPath}
            alt={t('logo.alt')}
            className="h-20 max-w-60 rounded-md border border-line bg-white object-contain p-2"
          />
        ) : null}
        <div className="min-w-64 flex-1">
          <FileDrop
            name="file"
            aria-label={t('logo.choose')}
            accept="image/png,image/jpeg,image/webp"
            hint={t('logo.hint')}
            disabled={isBusy}
            onFiles={(files) => void take(files)}
          />
        </div>
        {logoPath ? (
          <Button variant="quiet" busy={isBusy} onClick={() => save({})}>
            {t('logo.remove')}
          </Button>
        ) : null}
      </div>
    </Card>
  )
}
