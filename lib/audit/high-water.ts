import 'server-only'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { appendDurably, replaceDurably } from './durable-file'

/** The newest note that this installation has signed: what a restored database is compared with. */
const NEWEST = 'checkpoint.note'
/** Every note ever signed, one after the other. */
const ALL = 'checkpoints.log'

/** The newest signed note in the data folder, or null when there is none yet. */
export async function readHighWater(dataDir: string): Promise<string | null> {
  try {
    return await readFile(join(dataDir, NEWEST), 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
}

/** Records a note outside the database before anybody else can see it. Durable when it returns. */
export async function writeHighWater(dataDir: string, note: string): Promise<void> {
  await replaceDurably(join(dataDir, NEWEST), note)
  await appendDurably(join(dataDir, ALL), `${note}\n`)
}
