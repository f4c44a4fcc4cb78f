import type { LoaderFunctionArgs } from '@remix-run/node'
import { creditNotePdf } from '~/server/documents.server'
import { requireMember } from '~/server/guard.server'

export async function loader({ request, params }: LoaderFunctionArgs) {
  return creditNotePdf(await requireMember(request, 'billing.read'), params.noteId)
}
