import { redirect, type ActionFunctionArgs } from '@remix-run/node'
import { isLanguage, languageCookie } from '~/i18n/languages'
import { formOf } from '~/server/form.server'
import { localPath } from '~/server/local-path'

const YEAR_SECONDS = 31_536_000

/** Chooses a language without JavaScript and goes back to where it was chosen. */
export async function action({ request }: ActionFunctionArgs) {
  const form = await formOf(request)
  const language = String(form.get('language'))
  const headers = new Headers()
  if (isLanguage(language)) {
    headers.set(
      'Set-Cookie',
      `${languageCookie}=${language}; Path=/; Max-Age=${YEAR_SECONDS}; SameSite=Lax`,
    )
  }
  return redirect(localPath(form.get('to'), '/'), { headers })
}

export function loader() {
  return redirect('/')
}
