import { SkeletonRows } from '~/ui/base/progress'
import { useT } from '~/i18n/use-t'

/** A phone screen whose content is being read. It has a heading too, which `useArrival` passes over. */
export function PhoneComing({ rows = 6 }: { rows?: number }) {
  const t = useT('common')
  return (
    <>
      <h1 data-coming="" className="sr-only">
        {t('loading')}
      </h1>
      <SkeletonRows rows={rows} />
    </>
  )
}
