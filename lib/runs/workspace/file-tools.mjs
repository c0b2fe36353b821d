// @ts-check
import { posix } from 'node:path'
import { WorkspaceError } from './change-fs.mjs'
import { MOUNT, workspacePath } from './paths.mjs'

/** @import { ChangeFs } from './change-fs.mjs' */
/** @import { ToolArgs } from '../tools/register' */

const READ_LINES = 2_000
const LINE_LENGTH = 2_000

/** A tool's refusal: a sentence for the model. */
export class ToolRefusal extends Error {}

/** @param {string} path */
function target(path) {
  const relative = workspacePath(path)
  if (relative === null) throw new ToolRefusal(`${path} lies outside the workspace.`)
  return { relative, full: posix.join(MOUNT, relative) }
}

/**
 * The text of a file. Throws a refusal when there is none or when it is not UTF-8: an edit of bytes
 * that were decoded wrongly would damage the file.
 * @param {ChangeFs} fs
 * @param {{ relative: string, full: string }} at
 */
async function textOf(fs, at) {
  const stat = await fs.stat(at.full).catch(() => null)
  if (stat === null) throw new ToolRefusal(`${at.relative} does not exist in the workspace.`)
  if (!stat.isFile) throw new ToolRefusal(`${at.relative} is a folder.`)
  const bytes = await fs.readFileBuffer(at.full)
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    throw new ToolRefusal(`${at.relative} is not UTF-8 text (${bytes.length} bytes).`)
  }
}

/** @param {ChangeFs} fs @param {ToolArgs['Read']} args */
export async function read(fs, args) {
  const text = await textOf(fs, target(args.file_path))
  // The end of the last line begins no further one.
  const lines = (text.endsWith('\n') ? text.slice(0, -1) : text).split('\n')
  const first = args.offset ?? 1
  const count = args.limit ?? READ_LINES
  if (first > lines.length)
    return `The file has ${lines.length} lines; line ${first} is past its end.`
  const shown = lines.slice(first - 1, first - 1 + count)
  const body = shown.map((line, index) => `${String(first + index).padStart(6)}\t${cut(line)}`)
  const left = lines.length - (first - 1 + shown.length)
  return left > 0 ? `${body.join('\n')}\n… ${left} more lines` : body.join('\n')
}

/** @param {string} line */
function cut(line) {
  return line.length > LINE_LENGTH ? `${line.slice(0, LINE_LENGTH)}… (line cut)` : line
}

/** @param {ChangeFs} fs @param {ToolArgs['Write']} args */
export async function write(fs, args) {
  const at = target(args.file_path)
  const stat = await fs.stat(at.full).catch(() => null)
  if (stat?.isDirectory) throw new ToolRefusal(`${at.relative} is a folder.`)
  await put(fs, at, args.content)
  return `${stat === null ? 'Created' : 'Replaced'} ${at.relative} (${Buffer.byteLength(args.content)} bytes).`
}

/** @param {ChangeFs} fs @param {ToolArgs['Edit']} args */
export async function edit(fs, args) {
  const { file_path, ...one } = args
  return multiEdit(fs, { file_path, edits: [one] })
}

/** @param {ChangeFs} fs @param {ToolArgs['MultiEdit']} args */
export async function multiEdit(fs, args) {
  const at = target(args.file_path)
  let text = await textOf(fs, at)
  let places = 0
  for (const [index, change] of args.edits.entries()) {
    const found = occurrences(text, change.old_string)
    const which = args.edits.length > 1 ? `Edit ${index + 1}: the` : 'The'
    if (change.old_string === change.new_string)
      throw new ToolRefusal(`${which} texts are the same.`)
    if (found === 0) throw new ToolRefusal(`${which} text does not occur in ${at.relative}.`)
    if (found > 1 && change.replace_all !== true) {
      const way = 'Give more of its surroundings, or set replace_all.'
      throw new ToolRefusal(`${which} text occurs ${found} times in ${at.relative}. ${way}`)
    }
    // Never String.replace with a string: `$&` in the new text would be read as a pattern.
    text = text.split(change.old_string).join(change.new_string)
    places += found
  }
  await put(fs, at, text)
  return `Changed ${at.relative} in ${places} place${places === 1 ? '' : 's'}.`
}

/** @param {string} text @param {string} part */
function occurrences(text, part) {
  let count = 0
  for (let at = text.indexOf(part); at !== -1; at = text.indexOf(part, at + part.length)) count += 1
  return count
}

/** @param {ChangeFs} fs @param {{ relative: string, full: string }} at @param {string} text */
async function put(fs, at, text) {
  try {
    await fs.mkdir(posix.dirname(at.full), { recursive: true })
    await fs.writeFile(at.full, text)
  } catch (error) {
    if (error instanceof WorkspaceError) throw new ToolRefusal(error.message)
    throw error
  }
}
