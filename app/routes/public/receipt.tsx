import { data, type LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData, useParams, type MetaFunction } from '@remix-run/react'
import { RotateCw } from 'lucide-react'
import { useEffect } from 'react'
import { pageTexts } from '~/i18n/page-texts'
import { useFormat } from '~/i18n/use-format'
import { useT } from '~/i18n/use-t'
import { mayCheckReceipt } from '~/server/rate-limit.server'
import { lookUpReceipt } from '~/server/receipt-check.server'
import { Banner, type BannerKind } from '~/ui/base/banner'
import { Button } from '~/ui/base/button'
import { KeyValue } from '~/ui/base/key-value'
import { Progress } from '~/ui/base/progress'
import { PortalShell } from '~/ui/layout/portal-shell'
import { Money } from '~/ui/money/money'
import { type Answer, readAnswer, type Seen, useVerdict } from './receipt-verdict'

/**
 * What the code on a receipt opens: is it real? For anyone, without signing in, and nothing more than that. The server says
 * what the books say; the browser checks the signature, also with no signal once this page was here (`receipt-worker`).
 */

export const handle = pageTexts('check')

export const meta: MetaFunction = () => [
  { title: 'Receipt · Linyada' },
  { name: 'robots', content: 'noindex' },
]

/** The document the worker stores: the same page before it knows any receipt. */
const STORED = 'shell'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const headers = { 'Cache-Control': 'private, no-store' }
  if (params.paymentId === STORED) return data<Answer>({ state: 'unasked' }, { headers })
  if (!mayCheckReceipt(request)) {
    return data<Answer>({ state: 'too_many' }, { status: 429, headers })
  }
  const answer = readAnswer(await lookUpReceipt(request, params.paymentId ?? '', null))
  return data<Answer>(answer, { status: answer.state === 'unknown' ? 404 : 200, headers })
}

export default function CheckedReceipt() {
  const answer = useLoaderData<typeof loader>()
  const { paymentId = '' } = useParams()
  const seen = useVerdict(paymentId, answer)
  useStoredPage()
  const t = useT('check')
  const { isp, verdict } = seen

  return (
    <PortalShell isp={{ name: isp?.trade_name ?? 'Linyada', brandColor: isp?.brand_color ?? null }}>
      <h1 className="mb-4 text-2xl font-semibold">{t('title')}</h1>
      {verdict === 'checking' ? (
        <div role="status">
          <Progress label={t('checking')} />
        </div>
      ) : (
        <Banner
          kind={kinds[verdict]}
          title={t(verdict, { isp: isp?.trade_name ?? t('the_isp') })}
          actions={
            canChange.has(verdict) ? (
              <Button icon={<RotateCw />} onClick={() => window.location.reload()}>
                {t('again')}
              </Button>
            ) : null
          }
        >
          {t(`${verdict}.lead`)}
        </Banner>
      )}
      <Facts seen={seen} />
    </PortalShell>
  )
}

const kinds: Record<Exclude<Seen['verdict'], 'checking'>, BannerKind> = {
  authentic: 'success',
  signed: 'info',
  not_yet: 'info',
  unknown: 'warn',
  offline: 'warn',
  ask_office: 'warn',
  damaged: 'warn',
  too_many: 'warn',
  altered: 'danger',
  voided: 'danger',
}

/** What another look, later or with a signal, may answer otherwise. */
const canChange = new Set<Seen['verdict']>(['signed', 'not_yet', 'unknown', 'offline', 'too_many'])

/** What to hold against the paper: the books' words where they have the payment, else what was signed. */
function Facts({ seen: { verdict, books, signed, isp } }: { seen: Seen }) {
  const t = useT('check')
  const format = useFormat()
  const facts = books
    ? { ...books, receivedAt: books.received_at, amountMinor: books.amount_minor }
    : signed && { ...signed, account_tail: signed.accountNo.slice(-3) }
  if (!facts || !isp) return null

  return (
    <>
      {verdict === 'altered' ? (
        <h2 className="mt-8 font-semibold">{t('altered.books')}</h2>
      ) : null}
      <p className="mt-8 text-sm text-soft">{t('amount')}</p>
      <p className="text-[min(2.5rem,12vw)] leading-tight font-semibold sm:text-5xl">
        <Money minor={facts.amountMinor} currency={facts.currency} />
      </p>
      <div className="mt-6 border-t border-line pt-3">
        <KeyValue
          items={[
            { key: t('number'), value: facts.number },
            { key: t('at'), value: format.instant(facts.receivedAt, isp.time_zone) },
            facts.account_tail !== null && {
              key: t('account'),
              value: `••• ${facts.account_tail}`,
            },
          ]}
        />
      </div>
      {verdict === 'altered' ? null : <p className="mt-6 text-soft">{t('compare')}</p>}
    </>
  )
}

/** From the first visit on this page opens without a signal. */
function useStoredPage() {
  useEffect(() => {
    if (!('serviceWorker' in navigator) || !import.meta.env.PROD) return
    // A browser that keeps no worker still shows the page.
    navigator.serviceWorker
      .register('/receipt-worker.js', { scope: '/r/', updateViaCache: 'none' })
      .catch(() => {})
  }, [])
}
