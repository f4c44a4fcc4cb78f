/** How near something is to its limit. A warning comes at this share of it. */
export const WARN_SHARE = 0.8

export type LimitState = 'fine' | 'warn' | 'stop'

export function limitState(value: number, limit: number | null): LimitState {
  if (limit === null || value < limit * WARN_SHARE) return 'fine'
  return value < limit ? 'warn' : 'stop'
}
