import { useState, type ReactNode } from 'react'
import type { Pieces } from '~/domain/cash'
import { useT } from '~/i18n/use-t'
import { Checkbox } from '~/ui/base/choices'
import { useOffice } from '~/ui/office/office-context'
import { CashCount, CountedSum } from './cash-count'

/**
 * Notes and coins as a field of a form. A count is kept for good, so an empty one says that it is meant: what saves it
 * is told when it may.
 */
export function PiecesField(props: { name: string; children: (isCounted: boolean) => ReactNode }) {
  const { currency } = useOffice()
  const t = useT('custody')
  const [pieces, setPieces] = useState<Pieces>({})
  const [isNothing, setNothing] = useState(false)
  const isEmpty = Object.keys(pieces).length === 0

  return (
    <>
      <CashCount pieces={pieces} onPieces={setPieces} currency={currency} />
      <input type="hidden" name={props.name} value={JSON.stringify(pieces)} />
      <div className="mt-4 flex flex-col gap-3 border-t border-line pt-3">
        <CountedSum pieces={pieces} currency={currency} />
        {isEmpty ? (
          <Checkbox
            label={t('count.nothing')}
            checked={isNothing}
            onChange={(event) => setNothing(event.target.checked)}
          />
        ) : null}
        {props.children(!isEmpty || isNothing)}
      </div>
    </>
  )
}
