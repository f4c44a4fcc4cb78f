// Who shows what lies in the store reads it again when any window wrote.

import { StoreIsClosed } from './table'

const wakes = new Set<() => void>()
let others: BroadcastChannel | null = null

const wakeAll = () => wakes.forEach((wake) => wake())

function otherWindows() {
  if (others) return others
  others = new BroadcastChannel('linyada-store')
  others.onmessage = wakeAll
  return others
}

/** Something was written that is shown somewhere. */
export function tellWatchers(): void {
  wakeAll()
  otherWindows().postMessage(null)
}

/**
 * Reads now and after each write; writes that come while it reads lead to one more reading. Answers how to stop. A store that was
 * closed under it is no failure: the app was locked.
 */
export function watch<Result>(
  read: () => Promise<Result>,
  onRead: (result: Result) => void,
  onFailure: (error: unknown) => void,
): () => void {
  let [isReading, isAgain, isOver] = [false, false, false]
  const wake = async () => {
    isAgain = true
    if (isReading) return
    isReading = true
    while (isAgain && !isOver) {
      isAgain = false
      try {
        const result = await read()
        if (!isOver) onRead(result)
      } catch (error) {
        if (!isOver && !(error instanceof StoreIsClosed)) onFailure(error)
      }
    }
    isReading = false
  }
  const wakeUp = () => void wake()
  wakes.add(wakeUp)
  otherWindows()
  wakeUp()
  return () => {
    isOver = true
    wakes.delete(wakeUp)
  }
}
