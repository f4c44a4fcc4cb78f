import type { SubmissionResult } from '@conform-to/react'
import { useFetcher } from '@remix-run/react'
import { useT } from '~/i18n/use-t'
import { Button } from '~/ui/base/button'
import { Field } from '~/ui/base/field'
import { Select } from '~/ui/base/select'
import { FormRefusal } from '~/ui/office/form-refusal'
import { useSavedToast } from '~/ui/office/saved-toast'

export function AddBarangayForm(props: {
  routeId: string
  barangays: ReadonlyArray<{ id: string; name: string; subscriber_count: number }>
}) {
  const { routeId, barangays } = props
  const fetcher = useFetcher<SubmissionResult>()
  const t = useT('settings')
  useSavedToast(fetcher.data, t('routes.barangay_added'))

  return (
    <fetcher.Form method="post" noValidate>
      <input type="hidden" name="intent" value="barangay" />
      <input type="hidden" name="route_id" value={routeId} />
      <FormRefusal errors={fetcher.data?.error?.['']} />
      <Field label={t('places.barangay')} error={fetcher.data?.error?.barangay_id}>
        <Select
          name="barangay_id"
          placeholder={t('routes.choose_barangay')}
          options={barangays.map((place) => ({
            value: place.id,
            label: `${place.name} (${place.subscriber_count})`,
            disabled: place.subscriber_count === 0,
          }))}
        />
      </Field>
      <div className="mt-4 flex justify-end">
        <Button type="submit" busy={fetcher.state !== 'idle'}>
          {t('routes.add_barangay_submit')}
        </Button>
      </div>
    </fetcher.Form>
  )
}
