import type { Plan } from '~/domain/plan'
import type { Member, Role } from '~/domain/staff'
import { barangaysOf, type Barangay } from '../places.server'
import { plansOf } from '../plans.server'
import { routesOf, type Route } from '../routes.server'
import { membersOf, rolesOf } from '../staff.server'
import { file, type ListFile } from './list-file.server'

/** Who works here and what is sold and served. */
export const setupLists: Record<string, ListFile> = {
  plans: {
    permission: 'plans.manage',
    answer: async (asked) =>
      file<Plan>(asked, 'plans', await plansOf(asked.db, asked.params), [
        { header: 'Plan', value: (plan) => plan.name, width: 36 },
        { header: 'Paid', value: (plan) => plan.billing_mode },
        { header: 'Days', value: (plan) => plan.prepaid_days, kind: 'number' },
        { header: 'Down, Mbps', value: (plan) => plan.down_mbps, kind: 'number' },
        { header: 'Up, Mbps', value: (plan) => plan.up_mbps, kind: 'number' },
        { header: 'VAT', value: (plan) => plan.vat_class },
        { header: 'Price', value: (plan) => plan.price_minor, kind: 'money' },
        { header: 'Services', value: (plan) => plan.subscription_count, kind: 'number' },
        { header: 'State', value: (plan) => (plan.is_active ? 'on offer' : 'withdrawn') },
      ]),
  },
  staff: {
    permission: 'members.read',
    answer: async (asked) =>
      file<Member>(asked, 'staff', await membersOf(asked.db, asked.params), [
        { header: 'Name', value: (member) => member.full_name, width: 30 },
        { header: 'Role', value: (member) => member.role_name, width: 24 },
        { header: 'Phone', value: (member) => member.phone, width: 18 },
        { header: 'State', value: (member) => member.status },
        { header: 'Joined', value: (member) => member.joined_at, kind: 'instant', width: 18 },
        { header: 'Revoked', value: (member) => member.revoked_at, kind: 'instant', width: 18 },
      ]),
  },
  roles: {
    permission: 'members.read',
    answer: async (asked) =>
      file<Role>(asked, 'roles', await rolesOf(asked.db, asked.params), [
        { header: 'Role', value: (role) => role.name, width: 30 },
        { header: 'Works in', value: (role) => role.home },
        {
          header: 'May',
          value: (role) => (role.is_owner ? 'everything' : role.permissions.join(', ')),
          width: 80,
        },
      ]),
  },
  places: {
    permission: 'places.manage',
    answer: async (asked) =>
      file<Barangay>(asked, 'barangays', await barangaysOf(asked.db, asked.params), [
        { header: 'Barangay', value: (place) => place.name, width: 30 },
        { header: 'City or municipality', value: (place) => place.municipality, width: 30 },
        { header: 'Subscribers', value: (place) => place.subscriber_count, kind: 'number' },
      ]),
  },
  routes: {
    answer: async (asked) =>
      file<Route>(asked, 'routes', await routesOf(asked.db, asked.params), [
        { header: 'Route', value: (route) => route.name, width: 30 },
        { header: 'Collector', value: (route) => route.collector_name, width: 30 },
        { header: 'Stops', value: (route) => route.stop_count, kind: 'number' },
        { header: 'Lent to', value: (route) => route.lent_to_name, width: 30 },
        { header: 'Until', value: (route) => route.lent_until_on, kind: 'day' },
      ]),
  },
}
