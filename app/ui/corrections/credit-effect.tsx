import { clsx } from 'clsx'
import { useT } from '~/i18n/use-t'
import { Money } from '~/ui/money/money'

export type CreditEffect = {
  net_minor: number
  vat_minor: number
  total_minor: number
  returns_minor: number
}

export type CreditEffectAnswer = { effect: CreditEffect } | { refusal: string }

/** What the note will say and do, while it is typed. */
export function CreditEffectBox({
  answer,
  isAsking,
}: {
  answer: CreditEffectAnswer | null
  isAsking: boolean
}) {
  const t = useT('corrections')
  if (!answer) {
    return (
      <p className="rounded-lg border border-dashed border-line-strong p-4 text-soft">
        {t('credit.type')}
      </p>
    )
  }
  if ('refusal' in answer) {
    return (
      <p
        role="status"
        className="rounded-lg border border-danger-line bg-danger-soft p-4 text-danger"
      >
        {answer.refusal}
      </p>
    )
  }

  const { effect } = answer
  const rows = [
    ...(effect.vat_minor === 0
      ? []
      : [
          [t('credit.net'), effect.net_minor] as const,
          [t('credit.vat'), effect.vat_minor] as const,
        ]),
    [t('credit.total'), effect.total_minor] as const,
  ]
  const lowers = effect.total_minor - effect.returns_minor
  return (
    <dl
      aria-live="polite"
      aria-busy={isAsking}
      className={clsx(
        'grid grid-cols-[1fr_auto] gap-x-6 gap-y-1.5 rounded-lg border border-line bg-sunken p-4 [&_dd]:text-right',
        isAsking && 'opacity-60',
      )}
    >
      {rows.map(([name, minor]) => (
        <Row key={name} name={name} minor={minor} isStrong={name === t('credit.total')} />
      ))}
      {lowers > 0 ? <Row name={t('credit.lowers')} minor={lowers} /> : null}
      {effect.returns_minor > 0 ? (
        <Row name={t('credit.returns')} minor={effect.returns_minor} />
      ) : null}
    </dl>
  )
}

function Row(props: { name: string; minor: number; isStrong?: boolean }) {
  return (
    <>
      <dt className={props.isStrong ? 'font-semibold' : 'text-soft'}>{props.name}</dt>
      <dd className={props.isStrong ? 'font-semibold' : ''}>
        <Money minor={props.minor} />
      </dd>
    </>
  )
}
