import { createContext, useContext } from 'react'
import type { Day } from '~/domain/calendar'
import type { FieldWaiting } from '~/domain/field-waiting'

/** What every office screen knows of the ISP it works for and of the person who asks. */
export type Office = {
  tenant: { id: string; trade_name: string; time_zone: string; currency: string; today: Day }
  permissions: ReadonlyArray<string>
  field: FieldWaiting
}

const context = createContext<Office | null>(null)

export const OfficeProvider = context.Provider

export function useOffice() {
  const office = useContext(context)
  if (!office) throw new Error('An office screen stands outside of the office layout')
  return {
    ...office.tenant,
    field: office.field,
    /** Hides what the database would refuse anyway. */
    can: (permission: string) => office.permissions.includes(permission),
  }
}
