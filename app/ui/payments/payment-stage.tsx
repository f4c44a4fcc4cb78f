import { StatusBadge, type Tone } from '~/ui/base/badge'
import { usePaymentWords, type Stage, type VoidKind } from './words'

const tones: Record<Stage, Tone> = {
  posted: 'info',
  remitted: 'success',
  unidentified: 'warn',
  void: 'neutral',
}

/** Where the money of a payment is, in one word. */
export function PaymentStage(props: { stage: Stage; voidKind?: VoidKind | null }) {
  const { stage, voidKind } = props
  const words = usePaymentWords()
  return (
    <StatusBadge tone={tones[stage]}>
      {voidKind ? words.voidKind(voidKind) : words.stage(stage)}
    </StatusBadge>
  )
}
