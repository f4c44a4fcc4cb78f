import { useSearchParams } from '@remix-run/react'
import { FileSpreadsheet, FileText } from 'lucide-react'
import { LinkButton } from '~/ui/base/button'

/**
 * Downloads what the list shows, all pages of it, with the filters and the order of the address.
 * `of` names what the page itself is about: `{ run: id }`.
 */
export function ExportButtons({ to, of = {} }: { to: string; of?: Record<string, string> }) {
  const [params] = useSearchParams()

  function address(format: 'csv' | 'xlsx') {
    const wanted = new URLSearchParams(params)
    wanted.delete('page')
    for (const [name, value] of Object.entries({ ...of, format })) wanted.set(name, value)
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
