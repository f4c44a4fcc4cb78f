import { z } from 'zod'

const optionalText = (longest: number) =>
  z.string().trim().max(longest, `At most ${longest} letters.`).optional()

const phone = z
  .string()
  .trim()
  .max(40, 'At most 40 digits.')
  .regex(/^[+\d][\d\s()./-]*$/, 'A phone number has digits, like 0917 123 4567.')
  .optional()

const degrees = (most: number) =>
  z
    .number({ error: 'Set the pin on the map, or write degrees like 8.4772.' })
    .min(-most, `Between −${most} and ${most}.`)
    .max(most, `Between −${most} and ${most}.`)
    .optional()

/** Adds or changes a subscriber. Without an account number the next free one is given. */
export const saveSubscriber = {
  name: 'save_subscriber',
  input: z
    .object({
      id: z.uuid(),
      account_no: z
        .string()
        .trim()
        .regex(/^[A-Za-z0-9][A-Za-z0-9./-]{0,29}$/, 'Letters, digits, dots, dashes; at most 30.')
        .optional(),
      kind: z.enum(['person', 'business']).default('person'),
      name: optionalText(160),
      first_name: optionalText(80),
      last_name: optionalText(80),
      contact_person: optionalText(120),
      phone,
      other_phone: phone,
      email: z.email('Write it like name@example.com, or leave it empty.').optional(),
      tin: optionalText(30),
      branch: z
        .string()
        .regex(/^\d{5}$/)
        .optional(),
      barangay_id: z.uuid().optional(),
      purok: optionalText(120),
      landmark: optionalText(200),
      latitude: degrees(90),
      longitude: degrees(180),
      location_source: z.enum(['pin', 'gps', 'import']).optional(),
      notes: optionalText(2000),
    })
    .superRefine((subscriber, context) => {
      if (subscriber.kind === 'business' && !subscriber.name) {
        context.addIssue({
          code: 'custom',
          path: ['name'],
          message: 'Give the name of the business.',
        })
      }
      if (subscriber.kind === 'person' && !subscriber.first_name && !subscriber.last_name) {
        context.addIssue({
          code: 'custom',
          path: ['first_name'],
          message: 'Give the name of the person.',
        })
      }
      if ((subscriber.latitude === undefined) !== (subscriber.longitude === undefined)) {
        const missing = subscriber.latitude === undefined ? 'latitude' : 'longitude'
        context.addIssue({ code: 'custom', path: [missing], message: 'A pin needs both numbers.' })
      }
    }),
} as const
