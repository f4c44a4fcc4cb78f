import { toHex } from './bytes'

/** How many random bytes `uuid7` needs. */
export const UUID7_RANDOM_BYTES = 10

/**
 * A UUIDv7 (RFC 9562): 48 bits of Unix milliseconds, version, variant, 74 random bits.
 * Ids sort by the time they were made, and whoever makes the fact makes the id.
 */
export function uuid7(unixMilliseconds: number, random: Uint8Array): string {
  if (
    !Number.isSafeInteger(unixMilliseconds) ||
    unixMilliseconds < 0 ||
    unixMilliseconds >= 2 ** 48
  ) {
    throw new RangeError(`${unixMilliseconds} is not a time a UUID can carry`)
  }
  if (random.length < UUID7_RANDOM_BYTES) {
    throw new RangeError(`A UUIDv7 needs ${UUID7_RANDOM_BYTES} random bytes`)
  }

  const time = unixMilliseconds.toString(16).padStart(12, '0')
  const rest = toHex(
    Array.from(random.subarray(0, UUID7_RANDOM_BYTES), (byte, at) => {
      if (at === 0) return (byte & 0x0f) | 0x70
      if (at === 2) return (byte & 0x3f) | 0x80
      return byte
    }),
  )

  return [time.slice(0, 8), time.slice(8), rest.slice(0, 4), rest.slice(4, 8), rest.slice(8)].join(
    '-',
  )
}
