// An ISP with a postpaid and a prepaid subscriber, for the journeys about its bills and books.

import type { Page } from '@playwright/test'
import { newId, newIsp, ownerOf, PASSWORD } from '../auth/people.ts'

export type BilledIsp = Awaited<ReturnType<typeof billedIsp>>

/** Bills from this month on: its run is due today. Signs the page in as the owner. */
export async function billedIsp(page: Page) {
  const isp = await newIsp(page)
  const owner = await ownerOf(isp.email, PASSWORD)
  const month = `${new Date().toLocaleDateString('en-CA', { timeZone: 'Asia/Manila' }).slice(0, 7)}-01`
  await owner.ask('save_billing_settings', { settings: { first_period_on: month } })

  const serve = async (name: string, planId: string | undefined) => {
    const { id } = await owner.ask('save_subscriber', { subscriber: { id: newId(), name } })
    const service = newId()
    await owner.ask('start_subscription', {
      subscription: {
        id: service,
        subscriber_id: id,
        plan_id: planId,
        activated_on: month,
      },
    })
    return { id: String(id), service }
  }
  const plan = async (fields: object) =>
    (await owner.ask('save_plan', { plan: { id: newId(), down_mbps: 50, up_mbps: 25, ...fields } }))
      .id

  const fiber = await plan({ name: 'Fiber 50', billing_mode: 'postpaid', price_minor: 99_900 })
  const days = await plan({
    name: 'Days 30',
    billing_mode: 'prepaid',
    prepaid_days: 30,
    price_minor: 50_000,
  })
  return {
    ...isp,
    owner,
    month,
    ana: await serve('Ana Reyes', fiber),
    ben: await serve('Ben Cruz', fiber),
    nena: await serve('Aling Nena', days),
  }
}
