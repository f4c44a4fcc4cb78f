import { parseWithZod } from '@conform-to/zod/v4'
import { data, type LoaderFunctionArgs } from '@remix-run/node'
import { saveDunningSettings } from '~/commands/save-dunning-settings'
import { previewDunning } from '~/server/dunning.server'
import { requireMember } from '~/server/guard.server'

/** What the calendar being typed would do, or null while it makes no sense. */
export async function loader({ request }: LoaderFunctionArgs) {
  const { db, headers } = await requireMember(request, 'settings.manage')
  const typed = parseWithZod(new URL(request.url).searchParams, {
    schema: saveDunningSettings.input,
  })
  const preview = typed.status === 'success' ? await previewDunning(db, typed.value) : null
  return data({ preview }, { headers })
}
