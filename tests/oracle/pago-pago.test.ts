import { testWorld } from './world.ts'

testWorld({ zone: 'Pacific/Pago_Pago', invoiceDay: 15, rateBp: 1200, subscribers: 200 })
