import 'server-only'
import { readHighWater } from '@/lib/audit/high-water'
import { openCheckpointKey } from '@/lib/audit/keys'
import type { VerifyReport } from '@/lib/audit/report'
import { verifyDatabase } from '@/lib/audit/verify'
import { openDatabase, shutDatabase } from '@/lib/db/boot'
import { rawSql } from '@/lib/db/client'
import { dataFolder } from '@/lib/db/config'
import { type CliCommand, EXIT, type ExitCode, printJson, readArguments } from './terminal'

const CODE: Record<VerifyReport['verdict'], ExitCode> = {
  verified: EXIT.ok,
  tampered: EXIT.failed,
  inconclusive: EXIT.inconclusive,
}

/**
 * `chancery verify`: recomputes the whole log from its bytes and compares it with the checkpoint
 * kept outside the database and with every governed row. Exit 0 verified, 1 tampering proven,
 * 2 inconclusive.
 */
export const verify: CliCommand = async (argv) => {
  const { values } = readArguments(argv, { json: { type: 'boolean', default: false } })
  await openDatabase()
  const dataDir = dataFolder()
  const signer = await openCheckpointKey(rawSql(), { dataDir })
  const highWater = await readHighWater(dataDir)
  const report = await verifyDatabase({ sql: rawSql(), vkey: signer.vkey, highWater })
  await shutDatabase()
  if (values.json) printJson(report)
  else print(report)
  return CODE[report.verdict]
}

function print(report: VerifyReport): void {
  for (const step of report.steps)
    console.log(`${step.ok ? 'ok  ' : 'BAD '} ${step.name}: ${step.line}`)
  for (const what of report.notChecked) console.log(`not checked: ${what}`)
  console.log(`\n${report.sentence}`)
}
