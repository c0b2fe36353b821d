import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { TransactionSql } from 'postgres'
import { refused } from '@/lib/core/errors'
import { sha256 } from '@/lib/core/sha256'

/** One hand-written SQL file: triggers, functions, rights. May be run any number of times. */
export type Guard = { name: string; text: string }

/** Runs after all others: it gives rights on what they made. */
const LAST = 'grants.sql'
const ROLE_MARK = '__APP_ROLE__'

/** The guards of a `drizzle` folder in the order in which they run, for this application role. */
export async function readGuards(folder: string, appRole: string): Promise<Guard[]> {
  const names = (await readdir(join(folder, 'guards'))).filter((name) => name.endsWith('.sql'))
  const ordered = names.sort((a, b) => Number(a === LAST) - Number(b === LAST) || (a < b ? -1 : 1))
  return Promise.all(
    ordered.map(async (name) => ({
      name,
      text: (await readFile(join(folder, 'guards', name), 'utf8')).replaceAll(ROLE_MARK, appRole),
    })),
  )
}

/** Changes whenever the guards must be applied again; `schema` says what they are applied to. */
export function guardHash(guards: readonly Guard[], schema: string): string {
  return sha256(JSON.stringify([schema, guards.map((guard) => [guard.name, guard.text])]))
}

/** Applies every guard. The first that fails throws `refused` and undoes the whole transaction. */
export async function applyGuards(tx: TransactionSql, guards: readonly Guard[]): Promise<void> {
  for (const guard of guards) {
    try {
      await tx.unsafe(guard.text)
    } catch (error) {
      const { message, position } = error as { message?: string; position?: string }
      const line = guard.text.slice(0, Number(position ?? 0)).split('\n').length
      const where = position ? `${guard.name} line ${line}` : guard.name
      return refused(`The database's guards could not be applied (${where}): ${message}`)
    }
  }
}
