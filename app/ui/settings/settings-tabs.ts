/** The rooms of the settings, each with what opens it, in the order they are shown. */
export const settingsTabs = [
  { to: '/office/settings', end: true, label: 'tab.isp', needs: ['settings.manage'] },
  { to: '/office/settings/billing', label: 'tab.billing', needs: ['settings.manage'] },
  { to: '/office/settings/late', label: 'tab.late', needs: ['settings.manage'] },
  { to: '/office/settings/tax', label: 'tab.tax', needs: ['settings.manage'] },
  { to: '/office/settings/plans', label: 'tab.plans', needs: ['plans.manage'] },
  { to: '/office/settings/places', label: 'tab.places', needs: ['places.manage'] },
  {
    to: '/office/settings/routes',
    label: 'tab.routes',
    needs: ['places.manage', 'collections.read'],
  },
  { to: '/office/settings/staff', label: 'tab.staff', needs: ['members.read', 'members.manage'] },
  { to: '/office/settings/roles', label: 'tab.roles', needs: ['roles.manage', 'members.read'] },
] as const

export function openTabs(permissions: ReadonlyArray<string>) {
  return settingsTabs.filter((tab) => tab.needs.some((need) => permissions.includes(need)))
}
