import { StatusBadge, type Tone } from '~/ui/base/badge'
import { usePaymentWords, type Stage } from './words'

const tones: Record<Stage, Tone> = {
  posted: 'info',
  remitted: 'success',
  unidentified: 'warn',
  void: 'neutral',
}

/** Where the money of a payment is, in one word. */
export function PaymentStage({ stage }: { stage: Stage }) {
  const words = usePaymentWords()
  return <StatusBadge tone={tones[stage]}>{words.stage(stage)}</StatusBadge>
}
