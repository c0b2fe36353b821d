// @ts-check
/**
 * The process in which tool calls are interpreted: patterns, edits and shell scripts that a model
 * wrote. Started by `child-runner.ts` for one call, with an empty environment, a small heap, no
 * permission to write files or start programs, and a deadline after which it is killed. Plain
 * JavaScript, so that it starts without a loader under Next, under tsx and in tests alike.
 * Standard input: one `ToolRequest`. Standard output: one `ToolAnswer` (protocol.ts).
 */
import { ChangeFs } from './change-fs.mjs'
import { edit, multiEdit, read, ToolRefusal, write } from './file-tools.mjs'
import { glob, grep } from './search-tools.mjs'
import { keyOf, runScript } from './shell.mjs'

/** @import { ToolAnswer, ToolRequest } from './protocol' */

/** @type {Record<string, (fs: ChangeFs, args: any) => Promise<string>>} */
const TOOLS = { Read: read, Glob: glob, Grep: grep, Write: write, Edit: edit, MultiEdit: multiEdit }

const READS = new Set(['Read', 'Glob', 'Grep'])

/** @param {ToolRequest} request */
async function freshFs(request) {
  const { fileBytes, memoryBytes } = request.limits
  const { root, withheld } = request
  const fs = new ChangeFs({ root, withheld, fileBytes, memoryBytes })
  await fs.restore([...request.changes])
  return fs
}

/** @param {string} text @param {number} most */
function bounded(text, most) {
  // A zero byte and half a character cannot be stored as text.
  const clean = Buffer.from(text.replaceAll('\u0000', '\ufffd'), 'utf8').toString('utf8')
  if (clean.length <= most) return clean
  const head = Math.floor(most * 0.7)
  const tail = most - head
  const left = clean.length - most
  const cut = `${clean.slice(0, head)}\n… ${left} characters left out …\n${clean.slice(-tail)}`
  return Buffer.from(cut, 'utf8').toString('utf8')
}

/**
 * @param {ToolRequest} request
 * @returns {Promise<ToolAnswer>}
 */
async function answer(request) {
  const fs = await freshFs(request)
  const most = request.limits.outputCharacters
  try {
    if (request.tool === 'Bash') return await answerScript(request, fs)
    const run = TOOLS[request.tool]
    if (run === undefined) return { kind: 'failed', output: `There is no tool ${request.tool}.` }
    fs.seal()
    const output = bounded(await run(fs, request.args), most)
    if (READS.has(request.tool)) {
      return { kind: 'done', output, isError: false, changes: null, operations: [] }
    }
    return {
      kind: 'done',
      output,
      isError: false,
      changes: await changesOf(fs, request),
      operations: [],
    }
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error)
    return { kind: 'failed', output: bounded(text, most) }
  }
}

/**
 * @param {ToolRequest} request
 * @param {ChangeFs} fs
 * @returns {Promise<ToolAnswer>}
 */
async function answerScript(request, fs) {
  const { gated, permits, limits } = request
  const { command } = /** @type {{ command: string }} */ (request.args)
  const ran = await runScript(fs, { mode: 'attempt', command, gated, permits, limits })
  if (ran.met.length > 0) {
    const preview = await runScript(await freshFs(request), {
      ...{ mode: 'preview', command, gated, limits },
      permits: [],
    }).catch(() => ran)
    return { kind: 'gated', commands: startsWith(preview.met, [...ran.used, ...ran.met]) }
  }
  const output = bounded(ran.output, limits.outputCharacters)
  const changes = await changesOf(fs, request)
  return { kind: 'done', output, isError: ran.isError, changes, operations: ran.used }
}

/**
 * The preview's list when it agrees with what really stopped the script, else only what did: a
 * script that behaves differently each time is approved one command at a time.
 * @param {import('../model').GatedCommand[]} preview
 * @param {import('../model').GatedCommand[]} real
 */
function startsWith(preview, real) {
  const found = preview.map((command) => keyOf(command))
  return real.every((command) => found.includes(keyOf(command))) ? preview : real
}

/**
 * @param {ChangeFs} fs
 * @param {ToolRequest} request
 */
async function changesOf(fs, request) {
  const changes = await fs.collect()
  const bytes = changes.reduce((sum, change) => sum + (change.content?.length ?? 0) * 0.75, 0)
  if (changes.length > request.limits.overlayFiles || bytes > request.limits.overlayBytes) {
    throw new ToolRefusal('The run would change more files or bytes than one change-set may hold.')
  }
  return changes
}

// A library that prints would break the one answer on standard output.
console.log = console.info = console.warn = console.error = console.debug = () => {}

/** @type {Buffer[]} */ const chunks = []
for await (const chunk of process.stdin) chunks.push(chunk)
const result = await answer(JSON.parse(Buffer.concat(chunks).toString('utf8')))
process.stdout.write(JSON.stringify(result))
