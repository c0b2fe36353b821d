import { closeDatabase, configureDatabase, rawSql } from '@/lib/db/client'
import { transaction } from '@/lib/db/transaction'
import { startSequencer } from '../keeper'
import { openCheckpointKey } from '../keys'
import { publishHead } from '../publisher'
import { integrateAll } from '../sequencer'
import { appendIn, someFact } from './facts'

/**
 * A process of its own, so that a test may kill it: `integrate`, `publish`, `sequence` (until
 * SIGTERM) or `write <n>`. Prints what it did as one line of JSON.
 */
const [mode, argument] = process.argv.slice(2)
const { DATABASE_URL: url = '', CHANCERY_DATA: dataDir = '' } = process.env
configureDatabase({ url })

async function main(): Promise<unknown> {
  const sql = rawSql()
  switch (mode) {
    case 'integrate':
      return { integrated: await integrateAll(sql) }
    case 'publish': {
      const signer = await openCheckpointKey(sql, { dataDir })
      const publication = await publishHead(sql, { signer, dataDir })
      return publication.state
    }
    case 'sequence': {
      const sequencer = await startSequencer({ sql, dataDir, intervalMs: 20 })
      await new Promise((resolve) => process.once('SIGTERM', resolve))
      await sequencer.stop()
      return 'stopped'
    }
    default: {
      let committed = 0
      for (let i = 0; i < Number(argument); i++) {
        // One in twenty is given up at the last moment, after its fact was written.
        const work = transaction(async (tx) => {
          await appendIn(tx, [someFact()])
          if (i % 20 === 19) throw new Error('given up')
        })
        await work.then(
          () => committed++,
          () => undefined,
        )
      }
      return { committed }
    }
  }
}

console.log(JSON.stringify(await main()))
await closeDatabase()
