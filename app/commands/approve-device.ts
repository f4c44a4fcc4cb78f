import { z } from 'zod'

/** Lets a phone work. The phone its person had until now sends what it holds and empties itself. */
export const approveDevice = {
  name: 'approve_device',
  input: z.object({ device_id: z.uuid() }),
} as const
