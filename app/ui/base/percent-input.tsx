import { useState } from 'react'
import { TextInput } from './text-input'

const BASIS_POINTS = 100
const typed = /^(\d{1,3})(?:\.(\d{1,2}))?$/

/** Percent in, basis points out. The hidden field is empty while there is no percentage from 0.01 to 100. */
export function PercentInput(props: {
  name: string
  /** What is said while something else stands there. */
  refusal: string
  onBasisPoints?: (basisPoints: number | null) => void
}) {
  const [text, setText] = useState('')
  const basisPoints = basisPointsOf(text)

  return (
    <>
      <TextInput
        inputMode="decimal"
        autoComplete="off"
        className="tabular"
        value={text}
        after={<span aria-hidden="true">%</span>}
        onChange={(event) => {
          setText(event.target.value)
          props.onBasisPoints?.(basisPointsOf(event.target.value))
        }}
      />
      {text.trim() !== '' && basisPoints === null ? (
        <span className="mt-1 block text-sm text-danger">{props.refusal}</span>
      ) : null}
      <input type="hidden" name={props.name} value={basisPoints ?? ''} />
    </>
  )
}

function basisPointsOf(text: string): number | null {
  const match = typed.exec(text.trim().replace(/\s*%$/, ''))
  if (!match) return null
  const [, whole = '0', fraction = ''] = match
  const basisPoints = Number(whole) * BASIS_POINTS + Number(fraction.padEnd(2, '0'))
  return basisPoints >= 1 && basisPoints <= 100 * BASIS_POINTS ? basisPoints : null
}
