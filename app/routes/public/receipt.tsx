import { data, type LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData, type MetaFunction } from '@remix-run/react'
import { z } from 'zod'
import { pageTexts } from '~/i18n/page-texts'
import { useFormat } from '~/i18n/use-format'
import { useT } from '~/i18n/use-t'
import { DatabaseFailure } from '~/server/refusal.server'
import { openAnonymous } from '~/server/supabase.server'
import { Banner } from '~/ui/base/banner'
import { KeyValue } from '~/ui/base/key-value'
import { PortalShell } from '~/ui/layout/portal-shell'
import { Money } from '~/ui/money/money'

/** What the code on a receipt opens: is it real? For anyone, without signing in, and nothing more than that. */

export const handle = pageTexts('portal')

export const meta: MetaFunction = () => [
  { title: 'Receipt · Linyada' },
  { name: 'robots', content: 'noindex' },
]

type Verdict =
  | { state: 'unknown' }
  | {
      state: 'authentic' | 'voided'
      number: string | null
      amount_minor: number
      received_at: string
      trade_name: string
      currency: string
      time_zone: string
      brand_color: string | null
      account_tail: string | null
    }

export async function loader({ request, params }: LoaderFunctionArgs) {
  const id = z.uuid().safeParse(params.paymentId)
  if (!id.success) return data<Verdict>({ state: 'unknown' }, { status: 404 })

  const { data: verdict, error } = await openAnonymous(request).rpc('verify_receipt', {
    payment_id: id.data,
  })
  if (error) throw new DatabaseFailure(error)
  return data(verdict as Verdict, {
    status: verdict.state === 'unknown' ? 404 : 200,
    headers: { 'Cache-Control': 'private, no-store' },
  })
}

export default function CheckedReceipt() {
  const verdict = useLoaderData<typeof loader>()
  const t = useT('portal')
  const format = useFormat()

  if (verdict.state === 'unknown') {
    return (
      <PortalShell isp={{ name: 'Linyada' }}>
        <h1 className="mb-4 text-2xl font-semibold">{t('check.title')}</h1>
        <Banner kind="warn" title={t('check.unknown')}>
          {t('check.unknown.lead')}
        </Banner>
      </PortalShell>
    )
  }

  return (
    <PortalShell isp={{ name: verdict.trade_name, brandColor: verdict.brand_color }}>
      <h1 className="mb-4 text-2xl font-semibold">{t('check.title')}</h1>
      {verdict.state === 'authentic' ? (
        <Banner kind="success" title={t('check.authentic', { isp: verdict.trade_name })}>
          {t('check.authentic.lead')}
        </Banner>
      ) : (
        <Banner kind="danger" title={t('check.voided', { isp: verdict.trade_name })}>
          {t('check.voided.lead')}
        </Banner>
      )}
      <p className="mt-8 text-sm text-soft">{t('check.amount')}</p>
      <p className="text-4xl font-semibold sm:text-5xl">
        <Money minor={verdict.amount_minor} currency={verdict.currency} />
      </p>
      <div className="mt-6 border-t border-line pt-3">
        <KeyValue
          items={[
            { key: t('check.number'), value: verdict.number },
            { key: t('check.at'), value: format.instant(verdict.received_at, verdict.time_zone) },
            verdict.account_tail !== null && {
              key: t('check.account'),
              value: `••• ${verdict.account_tail}`,
            },
          ]}
        />
      </div>
      <p className="mt-6 text-soft">{t('check.compare')}</p>
    </PortalShell>
  )
}
