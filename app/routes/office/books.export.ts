import type { LoaderFunctionArgs } from '@remix-run/node'
import { bookFile } from '~/server/book-file.server'
import { bookDays } from '~/server/books.server'
import { requireMember } from '~/server/guard.server'

/** A book as a file, all of its days: `?month=` or `?from=&until=`, and `&format=`. */
export async function loader({ request, params }: LoaderFunctionArgs) {
  const { db, me, headers } = await requireMember(request, 'ledger.read')
  const asked = new URL(request.url).searchParams
  return bookFile(
    params.book,
    { db, asked, days: bookDays(asked, me.tenant.today), timeZone: me.tenant.time_zone },
    headers,
  )
}
