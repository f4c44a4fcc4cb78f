import { Banknote } from 'lucide-react'
import { useState } from 'react'
import { likelyGiven, piecesOf } from '~/domain/cash'
import { minor, type Minor } from '~/domain/money'
import { formatMoney, shortMoney } from '~/i18n/format'
import { useT } from '~/i18n/use-t'
import { Button } from '~/ui/base/button'
import { Dialog, DialogClose } from '~/ui/base/dialog'
import { Field } from '~/ui/base/field'
import { MoneyInput } from '~/ui/base/money-input'

/** Given more than is taken: what to give back, in notes and coins. It is only reckoned; nothing is recorded of it. */
export function ChangeSheet({ amountMinor, currency }: { amountMinor: Minor; currency: string }) {
  const t = useT('collector')
  const common = useT('common')
  const [givenMinor, setGiven] = useState<number | null>(null)
  const [typing, setTyping] = useState(0)

  return (
    <Dialog
      title={t('change.title', { amount: formatMoney(amountMinor, currency) })}
      onOpenChange={() => setGiven(null)}
      trigger={
        <Button type="button" size="small" icon={<Banknote />}>
          {t('change.open')}
        </Button>
      }
      actions={
        <DialogClose>
          <Button variant="primary">{common('close')}</Button>
        </DialogClose>
      }
    >
      <div className="flex flex-col gap-4">
        <div className="grid grid-cols-2 gap-2">
          {likelyGiven(amountMinor, currency).map((sum) => (
            <Button
              key={sum}
              type="button"
              size="large"
              aria-pressed={sum === givenMinor}
              onClick={() => {
                setGiven(sum)
                setTyping((times) => times + 1)
              }}
            >
              {shortMoney(sum, currency)}
            </Button>
          ))}
        </div>
        <Field label={t('change.given')}>
          <MoneyInput key={typing} onMinor={setGiven} />
        </Field>
        <div aria-live="polite" className="min-h-28 rounded-lg bg-sunken px-4 py-3">
          {givenMinor === null ? (
            <p className="text-soft">{t('change.hint')}</p>
          ) : (
            <GiveBack overMinor={givenMinor - amountMinor} currency={currency} />
          )}
        </div>
      </div>
    </Dialog>
  )
}

function GiveBack({ overMinor, currency }: { overMinor: number; currency: string }) {
  const t = useT('collector')
  if (overMinor < 0) {
    return (
      <p className="font-medium text-danger">
        {t('change.short', { amount: formatMoney(-overMinor, currency) })}
      </p>
    )
  }
  if (overMinor === 0) return <p className="font-medium">{t('change.none')}</p>
  return (
    <>
      <p className="text-soft">{t('change.back')}</p>
      <p className="tabular text-3xl font-semibold">{formatMoney(overMinor, currency)}</p>
      <ul className="mt-2 flex flex-wrap gap-x-5 gap-y-1">
        {piecesOf(minor(overMinor), currency).map(({ worth, count }) => (
          <li key={worth} className="tabular">
            <span className="font-semibold">{count} ×</span> {shortMoney(worth, currency)}
          </li>
        ))}
      </ul>
    </>
  )
}
