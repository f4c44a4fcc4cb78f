/** What opens the phone's own maps at a place, without signal too: `geo:` (RFC 5870) everywhere but at Apple's, which know it not. */
export function directionsTo(spot: string, browser = navigator.userAgent): string {
  return /iPhone|iPad|iPod/.test(browser)
    ? `https://maps.apple.com/?daddr=${spot}`
    : `geo:${spot}?q=${spot}`
}
