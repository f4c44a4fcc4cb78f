/** Every file of texts. A new one: add `<language>/<name>.json` and its line here. */
import type auth from './en/auth.json'
import type billing from './en/billing.json'
import type cash from './en/cash.json'
import type catalog from './en/catalog.json'
import type charges from './en/charges.json'
import type check from './en/check.json'
import type collections from './en/collections.json'
import type collector from './en/collector.json'
import type common from './en/common.json'
import type corrections from './en/corrections.json'
import type custody from './en/custody.json'
import type dunning from './en/dunning.json'
import type imports from './en/imports.json'
import type office from './en/office.json'
import type oversight from './en/oversight.json'
import type plant from './en/plant.json'
import type portal from './en/portal.json'
import type publicPages from './en/public.json'
import type receipt from './en/receipt.json'
import type reports from './en/reports.json'
import type settings from './en/settings.json'
import type subscribers from './en/subscribers.json'
import type support from './en/support.json'
import type technician from './en/technician.json'
import type today from './en/today.json'
import type why from './en/why.json'

export type Texts = {
  auth: typeof auth
  billing: typeof billing
  cash: typeof cash
  catalog: typeof catalog
  charges: typeof charges
  check: typeof check
  collections: typeof collections
  collector: typeof collector
  common: typeof common
  corrections: typeof corrections
  custody: typeof custody
  dunning: typeof dunning
  imports: typeof imports
  office: typeof office
  oversight: typeof oversight
  plant: typeof plant
  portal: typeof portal
  public: typeof publicPages
  receipt: typeof receipt
  reports: typeof reports
  settings: typeof settings
  subscribers: typeof subscribers
  support: typeof support
  technician: typeof technician
  today: typeof today
  why: typeof why
}

export type Namespace = keyof Texts
