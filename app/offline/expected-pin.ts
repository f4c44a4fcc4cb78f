/** In this browser's own storage, where a document can read it before any code of the app has run. */
export const PIN_MARK = 'linyada_pin'

/** Whether the next start will ask for a PIN. Only how the start looks hangs on it. */
export function expectPin(isAsked: boolean) {
  try {
    if (isAsked) localStorage.setItem(PIN_MARK, '1')
    else localStorage.removeItem(PIN_MARK)
  } catch {
    // Without such a storage the start looks as on a new phone.
  }
}
