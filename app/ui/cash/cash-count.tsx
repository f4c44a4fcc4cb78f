import { clsx } from 'clsx'
import { Minus, Plus } from 'lucide-react'
import { amountInWords } from '~/domain/amount-in-words'
import { denominationsOf, MOST_PIECES, type Pieces, sumOfPieces, withPieces } from '~/domain/cash'
import { formatMoney, shortMoney } from '~/i18n/format'
import { useT } from '~/i18n/use-t'
import { inputLook } from '~/ui/base/text-input'

/** Notes and coins, pile by pile. It says what was counted and nothing about what there should be. */
export function CashCount(props: {
  pieces: Pieces
  onPieces: (pieces: Pieces) => void
  currency: string
  disabled?: boolean
}) {
  const t = useT('cash')
  const piles = denominationsOf(props.currency)

  return (
    <div className="@container">
      <div className="flex flex-col gap-5 @2xl:grid @2xl:grid-cols-2 @2xl:items-start">
        {(['note', 'coin'] as const).map((kind) => (
          <fieldset key={kind} disabled={props.disabled} className="min-w-0">
            <legend className="mb-1.5 text-sm font-medium text-soft">
              {t(kind === 'note' ? 'count.notes' : 'count.coins')}
            </legend>
            <ul className="divide-y divide-line overflow-hidden rounded-lg border border-line bg-surface">
              {piles
                .filter((pile) => pile.kind === kind)
                .map((pile) => (
                  <Pile key={pile.minor} worth={pile.minor} {...props} />
                ))}
            </ul>
          </fieldset>
        ))}
      </div>
    </div>
  )
}

function Pile(props: {
  worth: number
  pieces: Pieces
  onPieces: (pieces: Pieces) => void
  currency: string
}) {
  const { worth, pieces, onPieces, currency } = props
  const t = useT('cash')
  const count = pieces[String(worth)] ?? 0
  const piece = shortMoney(worth, currency)
  const change = (next: number) => onPieces(withPieces(pieces, worth, next))

  return (
    <li className="flex items-center gap-2 px-3 py-1.5">
      <span className="tabular w-15 shrink-0 font-medium">{piece}</span>
      <span className="flex shrink-0 items-center gap-1">
        <Step
          label={t('count.less', { piece })}
          isOff={count === 0}
          onPress={() => change(count - 1)}
        >
          <Minus aria-hidden="true" />
        </Step>
        <input
          aria-label={t('count.of', { piece })}
          inputMode="numeric"
          autoComplete="off"
          value={count === 0 ? '' : String(count)}
          placeholder="0"
          maxLength={String(MOST_PIECES).length}
          onFocus={(event) => event.target.select()}
          onChange={(event) => change(Number(event.target.value.replace(/\D/g, '')))}
          className={clsx(inputLook, 'control tabular w-16! px-1! text-center font-semibold')}
        />
        <Step
          label={t('count.more', { piece })}
          isOff={count >= MOST_PIECES}
          onPress={() => change(count + 1)}
        >
          <Plus aria-hidden="true" />
        </Step>
      </span>
      <span
        className={clsx(
          'tabular min-w-0 flex-1 truncate text-right',
          count === 0 ? 'text-faint' : 'text-ink',
        )}
      >
        {count === 0 ? '—' : shortMoney(worth * count, currency)}
      </span>
    </li>
  )
}

function Step(props: {
  label: string
  isOff: boolean
  onPress: () => void
  children: React.ReactNode
}) {
  return (
    <button
      type="button"
      aria-label={props.label}
      disabled={props.isOff}
      onClick={props.onPress}
      className="grid size-(--control) touch-manipulation place-items-center rounded-md border border-line-strong bg-surface text-ink select-none hover:bg-hover active:bg-hover disabled:border-line disabled:text-faint [&>svg]:size-5"
    >
      {props.children}
    </button>
  )
}

/** The sum of the piles, large, and in words as on a slip. */
export function CountedSum({ pieces, currency }: { pieces: Pieces; currency: string }) {
  const t = useT('cash')
  const total = sumOfPieces(pieces)
  return (
    <div aria-live="polite">
      <p className="flex items-baseline justify-between gap-4">
        <span className="text-soft">{t('count.total')}</span>
        <output className="tabular text-3xl font-semibold tracking-tight">
          {formatMoney(total, currency)}
        </output>
      </p>
      <p lang="en" className="text-right text-sm text-soft">
        {amountInWords(total, currency)}
      </p>
    </div>
  )
}
