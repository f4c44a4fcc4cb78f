const DEAF_MILLISECONDS = 700

/** A cold thumb taps twice. The second tap must not land on what appears under it meanwhile. */
export function ignoreSecondTap(): void {
  const { style } = document.body
  style.pointerEvents = 'none'
  setTimeout(() => {
    style.pointerEvents = ''
  }, DEAF_MILLISECONDS)
}
