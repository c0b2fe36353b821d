import { z } from 'zod'
import { DIRECTORY_MODE, EXECUTABLE_MODE, FILE_MODE } from '../model'

/**
 * What the server and the child process say to each other: one JSON request on standard input, one
 * JSON answer on standard output. The answer comes from a process that interpreted hostile text, so
 * it is parsed strictly and its change list is checked again (`change-set.ts`).
 */

const MODES: readonly number[] = [FILE_MODE, EXECUTABLE_MODE, DIRECTORY_MODE]
const digest = z.string().regex(/^[0-9a-f]{64}$/)

const overlayChange = z.strictObject({
  path: z.string().min(1).max(1_024),
  change: z.enum(['create', 'modify', 'delete']),
  mode: z.int().refine((mode) => MODES.includes(mode)),
  baseDigest: digest.nullable(),
  newDigest: digest.nullable(),
  content: z.base64().nullable(),
})

const gatedCommand = z.strictObject({
  argv: z.array(z.string()).min(1).max(1_000),
  cwd: z.string().min(1).max(1_024),
  stdin: z.string().nullable(),
})

/** Bounds of one tool call. Bytes, unless the name says otherwise. */
export type ToolLimits = {
  fileBytes: number
  memoryBytes: number
  overlayBytes: number
  overlayFiles: number
  outputCharacters: number
  stdinBytes: number
  deadlineMs: number
}

export type ToolRequest = {
  /** Absolute path of the snapshot's tree. Only read. */
  root: string
  /** Workspace paths that were withheld from the snapshot: never written. */
  withheld: readonly string[]
  /** The overlay to start from. */
  changes: readonly z.infer<typeof overlayChange>[]
  tool: string
  args: unknown
  /** Programs that stop the script: name, and the sub-commands that do so (null: all). */
  gated: readonly { name: string; only: readonly string[] | null }[]
  /** Approved commands, each good for one use. */
  permits: readonly z.infer<typeof gatedCommand>[]
  limits: ToolLimits
}

/**
 * `done`: the tool ran, `changes` is the whole overlay after it (null: as before), `operations` the
 * permits it used, in order. `gated`: it came to a command that nobody permitted; nothing of the
 * call was kept; `commands` are all it would start if each succeeded in silence. `failed`: a
 * sentence for the model; nothing was kept.
 */
export const toolAnswer = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('done'),
    output: z.string(),
    isError: z.boolean(),
    changes: z.array(overlayChange).nullable(),
    operations: z.array(gatedCommand),
  }),
  z.strictObject({ kind: z.literal('gated'), commands: z.array(gatedCommand).min(1) }),
  z.strictObject({ kind: z.literal('failed'), output: z.string() }),
])
export type ToolAnswer = z.infer<typeof toolAnswer>
