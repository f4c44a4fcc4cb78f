import { randomBytes } from 'node:crypto'
import { uuid7, UUID7_RANDOM_BYTES } from '~/domain/uuid7'

/** An id for a fact that a page is about to make, so that sending its form twice makes one. */
export function newId(): string {
  return uuid7(Date.now(), randomBytes(UUID7_RANDOM_BYTES))
}
