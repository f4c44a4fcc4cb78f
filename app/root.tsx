import {
  Links,
  Meta,
  Outlet,
  Scripts,
  ScrollRestoration,
  useLocation,
  useRouteError,
  type MetaFunction,
} from '@remix-run/react'
import { useEffect, useState, type ReactNode } from 'react'
import { applyTheme, readLanguage, themeScript } from './i18n/choice'
import { languageOfPage } from './i18n/languages'
import { UsedTexts } from './i18n/used-texts'
import { useSpeech } from './i18n/use-t'
import { ErrorPage } from './ui/layout/error-page'
import { usePageContext } from './ui/layout/page-context'
import { isOfPhone } from './phone-area'
import phoneStyles from './phone.css?url'
import styles from './styles.css?url'

// No loader here, on purpose: with one, a phone without signal could not move between its screens.

export const meta: MetaFunction = () => [
  { title: 'Linyada' },
  { name: 'description', content: 'Billing and field collection for internet service providers.' },
]

export function Layout({ children }: { children: ReactNode }) {
  const { nonce, language } = usePageContext()
  const { pathname } = useLocation()
  // Chosen with the document: a phone's pages and all others never follow each other in one.
  const [sheet] = useState(isOfPhone(pathname) ? phoneStyles : styles)

  return (
    <html lang={language} suppressHydrationWarning>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
        <meta name="theme-color" content="#f5f6f8" media="(prefers-color-scheme: light)" />
        <meta name="theme-color" content="#0d1115" media="(prefers-color-scheme: dark)" />
        <script
          nonce={nonce}
          suppressHydrationWarning
          dangerouslySetInnerHTML={{ __html: themeScript }}
        />
        <link
          rel="preload"
          href="/fonts/inter-400.woff2"
          as="font"
          type="font/woff2"
          crossOrigin="anonymous"
        />
        <link rel="icon" href="/icons/logo.svg" type="image/svg+xml" />
        <link rel="icon" href="/favicon.ico" sizes="32x32" />
        <link rel="apple-touch-icon" href="/icons/apple-touch-icon.png" />
        <link rel="manifest" href="/manifest.webmanifest" />
        <Meta />
        <link rel="stylesheet" href={sheet} />
        <Links />
      </head>
      <body className="font-sans">
        {children}
        <UsedTexts />
        <ScrollRestoration nonce={nonce} />
        <DocumentScripts nonce={nonce} />
      </body>
    </html>
  )
}

export default function App() {
  useLanguageOfPage()
  useThemeOfDevice()
  return <Outlet />
}

export function ErrorBoundary() {
  const error = useRouteError()
  useThemeOfDevice()
  return <ErrorPage error={error} />
}

/**
 * The browser leaves this part of the document as it came. A stored shell names the chunks of the
 * shell, not of the address it is opened at, and hydration must not stumble over the difference.
 */
function DocumentScripts({ nonce }: { nonce: string }) {
  if (!import.meta.env.SSR) {
    return <div hidden suppressHydrationWarning dangerouslySetInnerHTML={{ __html: '' }} />
  }
  return (
    <div hidden>
      <Scripts nonce={nonce} />
    </div>
  )
}

/** Moving from a page in one language to one in another (the office is English) turns the texts over. */
function useLanguageOfPage() {
  const speech = useSpeech()
  const { pathname } = useLocation()

  useEffect(() => {
    const language = languageOfPage(pathname, readLanguage())
    document.documentElement.lang = language
    void speech.turnTo(language)
  }, [speech, pathname])
}

function useThemeOfDevice() {
  useEffect(() => {
    const preference = window.matchMedia('(prefers-color-scheme: dark)')
    preference.addEventListener('change', applyTheme)
    return () => preference.removeEventListener('change', applyTheme)
  }, [])
}
