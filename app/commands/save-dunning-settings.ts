import { z } from 'zod'
import { isRealDay } from '~/domain/calendar'
import { clockTime, wholeNumber } from './settings-fields'

/** One day a line, as people type them. */
const dayList = z
  .string()
  .default('')
  .transform((text) => text.split(/[\s,;]+/).filter(Boolean))
  .refine((list) => list.every(isRealDay), 'Write each day like 2026-12-25.')
  .refine((list) => list.length <= 200, 'At most 200 days.')

/** Hundredths of a percent, from what a person types: 2.5 is 250. */
const percent = z
  .string()
  .trim()
  .default('')
  .refine((text) => /^\d{0,3}([.,]\d{1,2})?$/.test(text), 'Write it like 2.5.')
  .transform((text) => Math.round(Number(text.replace(',', '.') || 0) * 100))
  .refine((bp) => bp <= 10_000, 'At most 100 percent.')

/** From the reminder to the cut: days, hours, promises and late fees. */
export const saveDunningSettings = {
  name: 'save_dunning_settings',
  input: z
    .object({
      reminder_days: wholeNumber(0, 60),
      grace_days: wholeNumber(0, 60),
      warning_days: wholeNumber(0, 120),
      suspend_days: wholeNumber(1, 180),
      uncollectible_days: wholeNumber(1, 730),
      dunning_on: z.enum(['invoice', 'account']),
      suspend_threshold_minor: z.number().int().min(0).default(0),
      no_cut_weekdays: z.array(z.number().int().min(1).max(7)),
      no_cut_days: dayList,
      cut_from: clockTime,
      cut_until: clockTime,
      field_silent_hours: wholeNumber(1, 240),
      promise_days: wholeNumber(0, 60),
      promise_times: wholeNumber(0, 20),
      late_fee_kind: z.enum(['none', 'amount', 'percent']),
      late_fee_minor: z.number().int().min(0).default(0),
      late_fee_bp: percent,
      late_fee_cap_minor: z.number().int().positive().nullable().default(null),
      late_fee_stages: z.array(z.enum(['due', 'warned', 'suspended'])),
    })
    .refine((settings) => settings.warning_days <= settings.suspend_days, {
      path: ['warning_days'],
      error: 'Warn before you cut: not later than the day of the cut.',
    })
    .refine((settings) => settings.suspend_days <= settings.uncollectible_days, {
      path: ['uncollectible_days'],
      error: 'Not before the day of the cut.',
    })
    .refine((settings) => settings.cut_from < settings.cut_until, {
      path: ['cut_until'],
      error: 'Later than the first hour.',
    })
    .refine((settings) => settings.late_fee_kind !== 'amount' || settings.late_fee_minor > 0, {
      path: ['late_fee_minor'],
      error: 'How much is it?',
    })
    .refine((settings) => settings.late_fee_kind !== 'percent' || settings.late_fee_bp > 0, {
      path: ['late_fee_bp'],
      error: 'How many percent?',
    }),
} as const
