import { createContext, useContext } from 'react'
import type { Day } from '~/domain/calendar'

/** What every office screen knows of the ISP it works for and of the person who asks. */
export type Office = {
  tenant: { id: string; trade_name: string; time_zone: string; currency: string; today: Day }
  permissions: ReadonlyArray<string>
}

const context = createContext<Office | null>(null)

export const OfficeProvider = context.Provider

export function useOffice() {
  const office = useContext(context)
  if (!office) throw new Error('An office screen stands outside of the office layout')
  return {
    ...office.tenant,
    /** Hides what the database would refuse anyway. */
    can: (permission: string) => office.permissions.includes(permission),
  }
}
