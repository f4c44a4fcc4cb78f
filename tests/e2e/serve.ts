// The product as `npm start` runs it, on data of its own that is made anew each time.

import { rm } from 'node:fs/promises'
import { main } from '../../supabase/local/main.ts'
import { environment } from './product.ts'

await rm(environment.DATA_DIR, { recursive: true, force: true })
Object.assign(process.env, environment)
await main(process.argv.slice(2))
