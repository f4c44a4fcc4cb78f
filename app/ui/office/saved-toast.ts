import type { SubmissionResult } from '@conform-to/react'
import { useEffect } from 'react'
import { toast } from '~/ui/base/toast'

/** Says that a form that stays on the screen was saved. */
export function useSavedToast(reply: SubmissionResult | undefined, sentence: string) {
  useEffect(() => {
    if (reply?.status === 'success') toast.success(sentence)
  }, [reply, sentence])
}
