import { testWorld } from './world.ts'

testWorld({ zone: 'Pacific/Kiritimati', invoiceDay: 31, rateBp: 0, subscribers: 250 })
