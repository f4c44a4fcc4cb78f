import { randomBytes } from 'node:crypto'
import { uuid7 as uuid7From } from '~/domain/uuid7'

/** A new UUIDv7 of now. */
export function uuid7(): string {
  return uuid7From(Date.now(), randomBytes(16))
}
