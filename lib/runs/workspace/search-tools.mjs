// @ts-check
import { posix } from 'node:path'
import picomatch from 'picomatch'
import { ToolRefusal } from './file-tools.mjs'
import { MOUNT, workspacePath } from './paths.mjs'

/** @import { ChangeFs } from './change-fs.mjs' */
/** @import { ToolArgs } from '../tools/register' */

const MAX_PATHS = 1_000
const MAX_MATCHES = 1_000
const LINE_LENGTH = 500

/**
 * Every file below a folder, relative to the workspace, in path order. Written on the file system
 * itself: the shell's own `grep -r` takes about ten times as long on a large tree.
 * @param {ChangeFs} fs
 * @param {string} folder
 * @returns {AsyncGenerator<string>}
 */
async function* filesBelow(fs, folder) {
  const entries = await fs.readdirWithFileTypes(posix.join(MOUNT, folder))
  entries.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0))
  for (const entry of entries) {
    const path = folder === '.' ? entry.name : `${folder}/${entry.name}`
    if (entry.isDirectory) yield* filesBelow(fs, path)
    else if (entry.isFile) yield path
  }
}

/** @param {ChangeFs} fs @param {string | undefined} path */
async function startOf(fs, path) {
  const start = workspacePath(path ?? '.')
  if (start === null) throw new ToolRefusal(`${path} lies outside the workspace.`)
  const stat = await fs.stat(posix.join(MOUNT, start)).catch(() => null)
  if (stat === null) throw new ToolRefusal(`${start} does not exist in the workspace.`)
  return { start, isFile: stat.isFile }
}

/** @param {string} pattern */
function matcher(pattern) {
  return picomatch(pattern.replace(/^\/workspace\//, '').replace(/^\.\//, ''), { dot: true })
}

/** @param {ChangeFs} fs @param {ToolArgs['Glob']} args */
export async function glob(fs, args) {
  const { start } = await startOf(fs, args.path)
  const matches = matcher(args.pattern)
  /** @type {string[]} */ const found = []
  let total = 0
  for await (const path of filesBelow(fs, start)) {
    const inside = start === '.' ? path : path.slice(start.length + 1)
    if (!matches(inside) && !matches(path)) continue
    total += 1
    if (found.length < MAX_PATHS) found.push(path)
  }
  if (total === 0) return 'No file matches.'
  return total > found.length
    ? [...found, `… ${total - found.length} more`].join('\n')
    : found.join('\n')
}

/** @param {ChangeFs} fs @param {ToolArgs['Grep']} args */
export async function grep(fs, args) {
  const { start, isFile } = await startOf(fs, args.path)
  const pattern = expression(args)
  const wanted = args.glob === undefined ? null : matcher(args.glob)
  /** @type {string[]} */ const out = []
  let matches = 0
  let files = 0
  for await (const path of isFile ? [start] : filesBelow(fs, start)) {
    if (wanted !== null && !wanted(path) && !wanted(posix.basename(path))) continue
    const text = await searchable(fs, path)
    if (text === null) continue
    const hits = matchingLines(text, pattern)
    if (hits.length === 0) continue
    files += 1
    matches += hits.length
    if (out.length < MAX_MATCHES) out.push(...render(args.output_mode ?? 'content', path, hits))
  }
  if (matches === 0) return 'No line matches.'
  const head = `${matches} matching line${matches === 1 ? '' : 's'} in ${files} file${files === 1 ? '' : 's'}`
  return [head, ...out.slice(0, MAX_MATCHES)].join('\n')
}

/** @param {ToolArgs['Grep']} args */
function expression(args) {
  try {
    return new RegExp(args.pattern, args.ignore_case === true ? 'iu' : 'u')
  } catch {
    throw new ToolRefusal(`${args.pattern} is not a regular expression.`)
  }
}

/** @param {ChangeFs} fs @param {string} path */
async function searchable(fs, path) {
  const bytes = await fs.readFileBuffer(posix.join(MOUNT, path)).catch(() => null)
  // A zero byte near the start is how grep, too, tells a binary file.
  if (bytes === null || bytes.subarray(0, 8_000).includes(0)) return null
  return Buffer.from(bytes).toString('utf8')
}

/** @param {string} text @param {RegExp} pattern */
function matchingLines(text, pattern) {
  /** @type {{ line: number, text: string }[]} */ const hits = []
  for (const [index, line] of text.split('\n').entries()) {
    if (pattern.test(line)) hits.push({ line: index + 1, text: line.slice(0, LINE_LENGTH) })
  }
  return hits
}

/**
 * @param {'content' | 'files_with_matches' | 'count'} mode
 * @param {string} path
 * @param {{ line: number, text: string }[]} hits
 */
function render(mode, path, hits) {
  if (mode === 'files_with_matches') return [path]
  if (mode === 'count') return [`${path}:${hits.length}`]
  return hits.map((hit) => `${path}:${hit.line}:${hit.text}`)
}
