import { testWorld } from './world.ts'

testWorld({
  zone: 'America/New_York',
  invoiceDay: 28,
  rateBp: 0,
  subscribers: 150,
  lateFee: { amount: null, percentBp: 250, cap: 5000, stages: ['due', 'warned'] },
})
