import { Check, CloudOff, Smartphone } from 'lucide-react'
import { useT } from '~/i18n/use-t'
import { Money } from '~/ui/money/money'

/** A receipt taken without signal on its way into the day's ledger. A picture, so nothing in it is read twice. */
export function LandingScene() {
  const t = useT('public')

  return (
    <div aria-hidden="true" className="relative mx-auto w-full max-w-md select-none lg:max-w-none">
      <div className="relative w-[64%] rounded-2xl border border-line bg-canvas p-4 shadow-card">
        <svg
          viewBox="0 0 100 170"
          className="absolute -bottom-10 left-full h-[170px] w-[100px] text-accent"
          fill="none"
          stroke="currentColor"
          strokeWidth="2"
        >
          <path d="M0 20h36a44 44 0 0 1 44 44v106" opacity="0.7" />
          <path d="M0 34h32a34 34 0 0 1 34 34v102" opacity="0.45" />
          <path d="M0 48h28a24 24 0 0 1 24 24v98" opacity="0.25" />
          <circle cx="80" cy="112" r="4" fill="currentColor" stroke="none" />
          <circle cx="66" cy="146" r="4" fill="currentColor" stroke="none" opacity="0.7" />
        </svg>
        <p className="flex items-center justify-end gap-1.5 text-xs font-medium text-soft">
          {t('scene.offline')}
          <CloudOff className="size-4" />
        </p>
        <div className="mt-4 rounded-lg border border-line bg-surface p-4">
          <p className="text-sm text-soft">{t('scene.receipt')}</p>
          <p className="mt-1 text-[min(2rem,8.5vw)] leading-tight font-semibold tracking-tight">
            <Money minor={115_000} />
          </p>
          <p className="mt-1 text-sm text-soft">{t('scene.from')}</p>
          <p className="mt-4 border-t border-dashed border-line-strong pt-3 text-sm">{t('scene.pays')}</p>
        </div>
        <p className="mt-4 flex items-center gap-2 text-sm font-medium text-warn">
          <Smartphone className="size-4" />
          {t('scene.stage')}
        </p>
      </div>

      <div className="relative mt-10 ml-auto w-[82%] rounded-lg border border-line bg-surface p-5 shadow-pop">
        <p className="text-sm text-soft">{t('scene.ledger')}</p>
        <p className="mt-0.5 text-[min(1.625rem,9vw)] leading-tight font-semibold tracking-tight">
          <Money minor={3_335_000} />
        </p>
        <div className="mt-4 divide-y divide-line text-sm">
          <LedgerRow label={t('scene.row_1')} minor={1_610_000} />
          <LedgerRow label={t('scene.row_2')} minor={1_035_000} />
          <LedgerRow label={t('scene.row_3')} minor={690_000} />
        </div>
        <p className="mt-4 flex items-center gap-2 text-sm font-medium text-success">
          <Check className="size-4" />
          {t('scene.checked')}
        </p>
      </div>
    </div>
  )
}

function LedgerRow({ label, minor }: { label: string; minor: number }) {
  return (
    <p className="flex flex-wrap justify-between gap-x-4 py-2.5">
      <span className="truncate">{label}</span>
      <Money minor={minor} />
    </p>
  )
}
