import { createDemo } from './lib/cli/demo/create'
import { ensureSetupToken } from './lib/people/setup'
import { openDatabase, shutDatabase } from './lib/db/boot'
await openDatabase()
const path = await ensureSetupToken()
console.log(path)
const ids = await createDemo(path!.split('=')[1]!)
console.log(JSON.stringify(ids).slice(0, 1500))
await shutDatabase()
process.exit(0)
