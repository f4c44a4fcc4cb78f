/** How much of field work waits for somebody at the office, by the screen it is settled on. */
export type FieldWaiting = { parked: number; doubles: number; phones: number }
