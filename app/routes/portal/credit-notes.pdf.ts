import type { LoaderFunctionArgs } from '@remix-run/node'
import { creditNotePdf } from '~/server/documents.server'
import { requireSubscriber } from '~/server/guard.server'

export async function loader({ request, params }: LoaderFunctionArgs) {
  return creditNotePdf(await requireSubscriber(request), params.noteId)
}
