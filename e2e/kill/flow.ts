import { appendFileSync, closeSync, existsSync, fsyncSync, openSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { PersonActor } from '@/lib/auth/actor'
import { actorForPerson } from '@/lib/auth/sessions'
import type { Command } from '@/lib/command/command'
import { dataFolder } from '@/lib/db/config'

/** Who acts in the flow; written once when the data folder is made. */
export type Cast = {
  departmentId: string
  author: string
  approver: string
  operator: string
  admin: string
}

/** One acknowledged command: what its caller was told, and the fact that it left. */
export type Ack = { step: string; key: string; value: unknown; fact: string | null }

export const castFile = (dataDir: string) => join(dataDir, 'cast.json')
export const ackFile = (dataDir: string, round: string) => join(dataDir, `acks-${round}.jsonl`)
export const workspaceOf = (dataDir: string, round: string) => join(dataDir, 'workspaces', round)

export function readCast(dataDir = dataFolder()): Cast {
  return JSON.parse(readFileSync(castFile(dataDir), 'utf8')) as Cast
}

/** Everything that was acknowledged in a round, oldest first. A line cut by a kill was not read. */
export function readAcks(dataDir: string, round: string): Ack[] {
  const file = ackFile(dataDir, round)
  if (!existsSync(file)) return []
  const lines = readFileSync(file, 'utf8').split('\n').slice(0, -1)
  return lines.map((line) => JSON.parse(line) as Ack)
}

/** A decision that somebody made up their mind to send. */
type Intent = { step: string; approvalId: string }
const intentFile = (round: string) => join(dataFolder(), `intents-${round}.jsonl`)

/** Writes an intent down before it is sent, so that it is sent again when nobody answered. */
export function intend(round: string, intent: Intent): void {
  keep(intentFile(round), intent)
}

/** Decisions that were sent, or about to be, and were never acknowledged. */
export function unanswered(round: string): Intent[] {
  const file = intentFile(round)
  if (!existsSync(file)) return []
  const answered = new Set(readAcks(dataFolder(), round).map((ack) => ack.step))
  const lines = readFileSync(file, 'utf8').split('\n').slice(0, -1)
  const intents = lines.map((line) => JSON.parse(line) as Intent)
  return intents.filter((intent) => !answered.has(intent.step))
}

/** Appends one line; on disk when it returns. */
function keep(path: string, line: unknown): void {
  const file = openSync(path, 'a')
  appendFileSync(file, `${JSON.stringify(line)}\n`)
  fsyncSync(file)
  closeSync(file)
}

/** Sends one command with the key of its intent and writes down what came back, durably. */
export async function send<Value>(
  round: string,
  step: string,
  call: { command: Command<Value>; by: keyof Cast; input: unknown },
): Promise<Value> {
  const key = `${round}-${step}`
  const actor = await personOf(call.by)
  const result = await call.command.execute(actor, call.input, { key })
  const ack: Ack = { step, key, value: result.value, fact: result.fact ?? null }
  keep(ackFile(dataFolder(), round), ack)
  return result.value
}

async function personOf(part: keyof Cast): Promise<PersonActor> {
  const actor = await actorForPerson({ id: readCast()[part] }, 'oidc')
  if (!actor) throw new Error(`The ${part} is not active.`)
  return actor
}
