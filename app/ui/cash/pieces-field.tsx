import { useState } from 'react'
import type { Pieces } from '~/domain/cash'
import { useOffice } from '~/ui/office/office-context'
import { CashCount, CountedSum } from './cash-count'

/** Notes and coins as a field of a form. */
export function PiecesField({ name }: { name: string }) {
  const { currency } = useOffice()
  const [pieces, setPieces] = useState<Pieces>({})
  return (
    <>
      <CashCount pieces={pieces} onPieces={setPieces} currency={currency} />
      <input type="hidden" name={name} value={JSON.stringify(pieces)} />
      <div className="mt-4 border-t border-line pt-3">
        <CountedSum pieces={pieces} currency={currency} />
      </div>
    </>
  )
}
