import { Download } from 'lucide-react'
import { useT } from '~/i18n/use-t'
import { Button } from '~/ui/base/button'
import { Menu } from '~/ui/base/menu'

/** The list as it is now filtered, every page of it, as a file. */
export function ExportMenu({ params, label }: { params: URLSearchParams; label?: string }) {
  const t = useT('subscribers')
  const wanted = new URLSearchParams(params)
  wanted.delete('page')

  function address(format: 'csv' | 'xlsx') {
    wanted.set('format', format)
    return `/office/subscribers/export?${wanted.toString()}`
  }

  return (
    <Menu
      trigger={
        <Button size={label ? 'small' : 'medium'} icon={<Download />}>
          {label ?? t('export')}
        </Button>
      }
      entries={[
        { kind: 'link', label: 'Excel (.xlsx)', to: address('xlsx'), reloadDocument: true },
        { kind: 'link', label: 'CSV', to: address('csv'), reloadDocument: true },
      ]}
    />
  )
}
