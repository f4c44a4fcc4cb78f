import { useSearchParams } from '@remix-run/react'
import { FileSpreadsheet, FileText } from 'lucide-react'
import { LinkButton } from '~/ui/base/button'

/** Downloads what the list shows, all pages of it, with the filters and the order of the address. */
export function ExportButtons({ to }: { to: string }) {
  const [params] = useSearchParams()

  function address(format: 'csv' | 'xlsx') {
    const wanted = new URLSearchParams(params)
    wanted.delete('page')
    wanted.set('format', format)
    return `${to}?${wanted.toString()}`
  }

  return (
    <>
      <LinkButton to={address('csv')} reloadDocument download icon={<FileText />}>
        CSV
      </LinkButton>
      <LinkButton to={address('xlsx')} reloadDocument download icon={<FileSpreadsheet />}>
        Excel
      </LinkButton>
    </>
  )
}
