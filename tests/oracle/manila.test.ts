import { testWorld } from './world.ts'

testWorld({ zone: 'Asia/Manila', invoiceDay: 1, rateBp: 1200, subscribers: 400 })
