import { useOutletContext } from '@remix-run/react'
import { useEffect, useState } from 'react'
import { callAs } from '~/offline/call'

/** For whom this phone works. Kept on the phone, so that the name stands there without signal. */
export type Workplace = { person: string; isp: { name: string; brandColor: string | null } }

export type Standing =
  | { kind: 'known'; workplace: Workplace }
  | { kind: 'signed_out' }
  | { kind: 'not_a_technician' }
  | { kind: 'unknown' }

const storageKey = 'linyada_workplace'

export function useStanding(): Standing {
  const [standing, setStanding] = useState<Standing>({ kind: 'unknown' })

  useEffect(() => {
    const kept = readKept()
    if (kept) setStanding({ kind: 'known', workplace: kept })
    void ask(kept).then(setStanding)
  }, [])

  return standing
}

/** For the screens inside the layout. */
export function useTechnician() {
  return useOutletContext<Standing>()
}

export function forgetWorkplace() {
  localStorage.removeItem(storageKey)
}

/** Without an answer what was known stays true; a refusal from the server does not. */
async function ask(kept: Workplace | null): Promise<Standing> {
  const reply = await callAs(null)('/api/technician')
  switch (reply.kind) {
    case 'ok': {
      const workplace = reply.body as Workplace
      localStorage.setItem(storageKey, JSON.stringify(workplace))
      return { kind: 'known', workplace }
    }
    case 'signed_out':
      forgetWorkplace()
      return { kind: 'signed_out' }
    case 'refused':
    case 'other_person':
      forgetWorkplace()
      return { kind: 'not_a_technician' }
    case 'unreachable':
      return kept ? { kind: 'known', workplace: kept } : { kind: 'unknown' }
  }
}

function readKept(): Workplace | null {
  const text = localStorage.getItem(storageKey)
  return text ? (JSON.parse(text) as Workplace) : null
}
