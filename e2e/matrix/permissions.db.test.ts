import { readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Actor, CLI, SETUP, WORKER } from '@/lib/auth/actor'
import { PERMISSIONS, ROLES } from '@/lib/auth/permissions'
import type { Command } from '@/lib/command/command'
import { ChanceryError } from '@/lib/core/errors'
import { freshDatabase, type TestDatabase } from '@/lib/db/testing/database'
import { transaction } from '@/lib/db/transaction'
import { AGENT_ROWS } from './agents'
import { CONSTITUTION_ROWS } from './constitution'
import { INBOX_ROWS } from './inbox'
import { PEOPLE_ROWS } from './people'
import type { Row } from './row'
import { WORK_ROWS } from './work'
import { aWorld, type World } from './world'

const ROWS: readonly Row[] = [
  ...CONSTITUTION_ROWS,
  ...PEOPLE_ROWS,
  ...INBOX_ROWS,
  ...AGENT_ROWS,
  ...WORK_ROWS,
]

let database: TestDatabase
let world: World
beforeAll(async () => {
  database = await freshDatabase()
  world = await aWorld(database)
})
afterAll(() => database.close())

class RolledBack extends Error {}

/** Does it, takes it back, and says how it ended: `done`, or the code of the refusal. */
async function attempt(row: Row, actor: Actor): Promise<string> {
  const person = actor.kind === 'person' ? actor : world.nobody
  try {
    await transaction(async (tx) => {
      const within = { tx, now: new Date() }
      const input = await row.input({ world, actor, person, within })
      await row.command.execute(actor, input, { within })
      throw new RolledBack()
    })
    return 'unreachable'
  } catch (error) {
    if (error instanceof RolledBack) return 'done'
    if (error instanceof ChanceryError) return error.code
    throw error
  }
}

type Who = { name: string; actor: Actor; expected: string }
/** Everybody, and what the row says about them. */
function everybody(row: Row): Who[] {
  const ends = row.ends ?? 'done'
  const denied = row.denied ?? 'forbidden'
  const holds = (role: (typeof ROLES)[number]) =>
    row.roles === 'everybody' || row.roles.includes(role)
  const whos: Who[] = ROLES.flatMap((role) => [
    {
      name: `${role} everywhere`,
      actor: world.everywhere[role],
      expected: holds(role) ? ends : denied,
    },
    {
      name: `${role} of the department`,
      actor: world.inA[role],
      // What lies in no department is reached only by a role held everywhere.
      expected: holds(role) && row.place !== 'installation' ? ends : denied,
    },
    {
      name: `${role} of another department`,
      actor: world.inB[role],
      expected: { self: ends, installation: denied, department: 'not_found' }[row.place],
    },
  ])
  whos.push({
    name: 'somebody without a role',
    actor: world.nobody,
    expected: { self: ends, installation: denied, department: 'not_found' }[row.place],
  })
  // The product has no sessions and no account of its own: there is nothing it could act on.
  const system = row.place === 'self' ? 'refused' : denied
  for (const actor of [WORKER, SETUP, CLI]) {
    whos.push({ name: actor.name, actor, expected: row.system ? ends : system })
  }
  return whos
}

/** Every command that a file under lib/<domain>/commands exports. */
async function exportedCommands(): Promise<Map<string, Command<unknown>>> {
  const root = resolve(import.meta.dirname, '../../lib')
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter(
    (file) => /^[^/]+\/commands(?:\.ts$|\/.+\.ts$)/.test(file) && !file.endsWith('.test.ts'),
  )
  const found = new Map<string, Command<unknown>>()
  for (const file of files) {
    const exported = (await import(/* @vite-ignore */ join(root, file))) as Record<string, unknown>
    for (const value of Object.values(exported)) {
      if (isCommand(value)) found.set(value.name, value)
    }
  }
  return found
}

function isCommand(value: unknown): value is Command<unknown> {
  const { name, permission, execute } = (value ?? {}) as Partial<Command<unknown>>
  const known = PERMISSIONS.some((one) => one === permission)
  return typeof name === 'string' && known && typeof execute === 'function'
}

describe('the permission matrix', () => {
  it('has one row for every command of the product, and no other', async () => {
    const commands = [...(await exportedCommands()).keys()].sort()
    expect(ROWS.map((row) => row.command.name).sort()).toEqual(commands)
  })

  it.each(ROWS.map((row) => [row.command.name, row] as const))(
    '%s is done by whom the matrix names, and by nobody else',
    async (_, row) => {
      const wrong: string[] = []
      for (const { name, actor, expected } of everybody(row)) {
        const ended = await attempt(row, actor)
        if (ended !== expected) wrong.push(`${name}: ${ended} instead of ${expected}`)
      }
      expect(wrong).toEqual([])
    },
  )
})
