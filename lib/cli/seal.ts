import 'server-only'
import { openCheckpointKey } from '@/lib/audit/keys'
import { publishHead } from '@/lib/audit/publisher'
import { integrateAll } from '@/lib/audit/sequencer'
import { rawSql } from '@/lib/db/client'
import { dataFolder } from '@/lib/db/config'

/**
 * Seals what a command has just recorded, because no worker may be running to do it. Safe beside a
 * running one: the database elects who is at work.
 */
export async function sealLog(): Promise<void> {
  const sql = rawSql()
  const dataDir = dataFolder()
  const signer = await openCheckpointKey(sql, { dataDir })
  await integrateAll(sql)
  await publishHead(sql, { signer, dataDir })
}
