import {
  BarChart3,
  CalendarDays,
  FileText,
  HandCoins,
  Map as MapIcon,
  Plus,
  Settings,
  ShieldCheck,
  Users,
  Wallet,
} from 'lucide-react'
import type { Texts } from '~/i18n/namespaces'
import { useT } from '~/i18n/use-t'
import type { PaletteItem } from '~/ui/base/command-palette'
import type { NavItem } from '~/ui/layout/office-shell'

type Label = keyof Texts['office']

type Guarded<Item> = Omit<Item, 'label'> & {
  label: Label
  /** Any one of these opens it; none named: everybody's. */
  needs?: ReadonlyArray<string>
}

const nav: Array<Guarded<NavItem>> = [
  { to: '/office', end: true, label: 'nav.today', icon: <CalendarDays /> },
  {
    to: '/office/subscribers',
    also: ['/office/import'],
    label: 'nav.subscribers',
    icon: <Users />,
    needs: ['subscribers.read'],
  },
  {
    to: '/office/billing',
    also: [
      '/office/invoices',
      '/office/credit-notes',
      '/office/late',
      '/office/promises',
      '/office/late-fees',
    ],
    label: 'nav.billing',
    icon: <FileText />,
    needs: ['billing.read', 'billing.run'],
  },
  {
    to: '/office/payments',
    also: ['/office/deposits'],
    label: 'nav.payments',
    icon: <Wallet />,
    needs: ['payments.read', 'payments.record'],
  },
  {
    to: '/office/approvals?state=waiting',
    label: 'nav.approvals',
    icon: <ShieldCheck />,
    needs: ['payments.approve_void', 'corrections.approve', 'payments.correct', 'invoices.manage'],
  },
  {
    to: '/office/collections',
    label: 'nav.collections',
    icon: <HandCoins />,
    needs: ['collections.read'],
  },
  { to: '/office/map', label: 'nav.map', icon: <MapIcon />, needs: ['subscribers.read'] },
  {
    to: '/office/reports',
    also: ['/office/ledger', '/office/audit'],
    label: 'nav.reports',
    icon: <BarChart3 />,
    needs: ['reports.read'],
  },
]

const navEnd: Array<Guarded<NavItem>> = [
  {
    to: '/office/settings',
    label: 'nav.settings',
    icon: <Settings />,
    needs: [
      'settings.manage',
      'members.read',
      'roles.manage',
      'places.manage',
      'plans.manage',
      'subscribers.manage',
    ],
  },
]

const screens: Array<Guarded<PaletteItem>> = [
  {
    id: 'take-payment',
    to: '/office/payments/new',
    label: 'nav.take_a_payment',
    icon: <Plus />,
    needs: ['payments.record'],
  },
  {
    id: 'add-subscriber',
    to: '/office/subscribers/new',
    label: 'nav.add_a_subscriber',
    icon: <Plus />,
    needs: ['subscribers.manage'],
  },
  {
    id: 'import',
    to: '/office/import',
    label: 'nav.import_subscribers',
    needs: ['subscribers.manage'],
  },
  { id: 'invoices', to: '/office/invoices', label: 'nav.invoices', needs: ['billing.read'] },
  {
    id: 'credit-notes',
    to: '/office/credit-notes',
    label: 'nav.credit_notes',
    needs: ['billing.read'],
  },
  {
    id: 'certificates',
    to: '/office/payments/certificates?state=pending',
    label: 'nav.certificates',
    needs: ['payments.read'],
  },
  {
    id: 'plans',
    to: '/office/settings/plans',
    label: 'nav.plans_and_prices',
    needs: ['plans.manage'],
  },
  { id: 'staff', to: '/office/settings/staff', label: 'nav.staff', needs: ['members.read'] },
  {
    id: 'roles',
    to: '/office/settings/roles',
    label: 'nav.roles',
    needs: ['roles.manage', 'members.read'],
  },
  { id: 'places', to: '/office/settings/places', label: 'nav.places', needs: ['places.manage'] },
  {
    id: 'routes',
    to: '/office/settings/routes',
    label: 'nav.routes',
    needs: ['places.manage', 'collections.read'],
  },
  { id: 'ledger', to: '/office/ledger', label: 'nav.ledger', needs: ['ledger.read'] },
  { id: 'audit', to: '/office/audit', label: 'nav.audit_log', needs: ['audit.read'] },
]

/** What this person may open, in words; at an address of `counts`, how much waits there. */
export function useNavigationOf(
  permissions: ReadonlyArray<string>,
  counts: Readonly<Record<string, number>> = {},
) {
  const t = useT('office')
  const isOpen = opensWith(permissions)
  const inWords = <Item extends { label: Label }>(item: Item) => ({ ...item, label: t(item.label) })

  return {
    nav: nav.filter(isOpen).map((item) => ({ ...inWords(item), count: counts[item.to] })),
    navEnd: navEnd.filter(isOpen).map(inWords),
    screens: screens.filter(isOpen).map(inWords),
  }
}

function opensWith(permissions: ReadonlyArray<string>) {
  return ({ needs }: { needs?: ReadonlyArray<string> }) =>
    !needs || needs.some((need) => permissions.includes(need))
}
