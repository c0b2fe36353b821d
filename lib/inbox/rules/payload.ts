import { scanText } from '@/lib/core/text-safety'
import type { GatedCommand } from '@/lib/runs/model'
import { describeGated } from '@/lib/runs/tools/gated'
import { describeCall, parseCall } from '@/lib/runs/tools/register'
import type { CallArgument, GatedLine, ToolCallSubject } from '../model'

/** More than this nobody reads; a longer payload cannot be approved, only denied. Characters. */
const MAX_SHOWN = 100_000

type Call = { tool: string; effectiveArgs: string; gated: readonly GatedCommand[] }
type Payload = Pick<
  ToolCallSubject,
  'args' | 'raw' | 'bytes' | 'hidden' | 'incomplete' | 'gated' | 'class' | 'effect'
>

/**
 * Everything a person must see of a held call: each argument whole and typed, what it would do by
 * the register, the gated commands that it came to. `incomplete` says why approving must be off.
 */
export function payloadOf(call: Call): Payload {
  const gated = call.gated.map(gatedLine)
  const parsed = readObject(call.effectiveArgs)
  const known = parsed === null ? null : parseCall(call.tool, parsed)
  const described = known?.ok ? describeCall(known.call) : null
  const args = Object.entries(parsed ?? {}).map(([name, value]) =>
    argumentOf(name, value, name === 'command' ? call.gated : []),
  )
  return {
    args,
    raw: call.effectiveArgs,
    bytes: Buffer.byteLength(call.effectiveArgs),
    hidden: args.reduce((sum, arg) => sum + scanText(arg.text).length, 0),
    incomplete: whyIncomplete(call, parsed !== null),
    gated,
    class: worstClass(gated) ?? described?.class ?? null,
    effect: described?.sentence ?? null,
  }
}

function whyIncomplete(call: Call, readable: boolean): string | null {
  if (!readable) return 'The arguments cannot be read, so nobody can see what they mean.'
  if (call.effectiveArgs.length > MAX_SHOWN) {
    return 'The arguments are longer than a person can read. Deny the call and ask for smaller steps.'
  }
  if (!isWellFormed(JSON.stringify(readObject(call.effectiveArgs)))) {
    return 'The arguments hold half a character, which cannot be shown.'
  }
  return null
}

function readObject(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null
  } catch {
    return null
  }
}

/** JSON writes half a character as an escape; anything else that UTF-8 would change is caught too. */
function isWellFormed(text: string): boolean {
  return (
    !/(?<!\\)(?:\\\\)*\\ud[89a-f][0-9a-f]{2}/i.test(text) && Buffer.from(text).toString() === text
  )
}

function argumentOf(name: string, value: unknown, gated: readonly GatedCommand[]): CallArgument {
  const whole = typeof value === 'string' ? value : JSON.stringify(value, null, 2)
  const text = Buffer.from(whole).toString().slice(0, MAX_SHOWN)
  return {
    name: Buffer.from(name).toString(),
    type: typeOf(value),
    text,
    bytes: Buffer.byteLength(whole),
    matches: matchesIn(text, gated),
  }
}

function typeOf(value: unknown): CallArgument['type'] {
  if (value === null) return 'nothing'
  if (Array.isArray(value)) return 'list'
  switch (typeof value) {
    case 'string':
      return 'text'
    case 'number':
      return 'number'
    case 'boolean':
      return 'flag'
    default:
      return 'object'
  }
}

/** A gated command with its footnote's number and what it would do, from its argv alone. */
export function gatedLine(command: GatedCommand, index: number): GatedLine {
  const { class: kind, sentence } = describeGated(command)
  return {
    note: index + 1,
    text: command.argv.map(quoted).join(' '),
    cwd: command.cwd,
    stdin: command.stdin,
    class: kind,
    sentence,
  }
}

/** A word as a shell would have to be given it, so that two words never look like one. */
function quoted(word: string): string {
  const shown = Buffer.from(word).toString()
  return /^[\w@%+=:,./~^-]+$/.test(shown) ? shown : `'${shown.replaceAll("'", `'\\''`)}'`
}

/** One line that tells calls apart: the gated commands, else the first argument. */
export function callLine(call: Call): string {
  if (call.gated.length > 0) return call.gated.map((one, at) => gatedLine(one, at).text).join('; ')
  const [first] = Object.values(readObject(call.effectiveArgs) ?? {})
  const text = typeof first === 'string' ? first : JSON.stringify(first ?? null)
  return `${call.tool} ${Buffer.from(text).toString().split('\n')[0]?.slice(0, 200) ?? ''}`.trim()
}

const WORST = ['destroy', 'outbound', 'execute', 'write', 'read'] as const

function worstClass(lines: readonly GatedLine[]): GatedLine['class'] | null {
  return WORST.find((kind) => lines.some((line) => line.class === kind)) ?? null
}

/**
 * Where in the script the gated commands stand, as far as they stand there literally: the longest
 * beginning of each argv. Only a help for the eye; the commands themselves are listed in full.
 */
export function matchesIn(text: string, gated: readonly GatedCommand[]): CallArgument['matches'] {
  const matches: CallArgument['matches'] = []
  let from = 0
  for (const [index, { argv }] of gated.entries()) {
    const found = longestStart(text, argv, from)
    if (found === null) continue
    matches.push({ ...found, note: index + 1 })
    from = found.end
  }
  return matches
}

/** A quote that was opened inside the match is closed inside it. */
function endOf(text: string, start: number, match: string): number {
  const end = start + match.length
  const next = text[end]
  const open = next === '"' || next === "'" ? match.split(next).length % 2 === 0 : false
  return open ? end + 1 : end
}

function longestStart(
  text: string,
  argv: readonly string[],
  from: number,
): { start: number; end: number } | null {
  for (let words = argv.length; words >= Math.min(2, argv.length) && words > 0; words--) {
    const pattern = argv
      .slice(0, words)
      .map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
      .join('["\']?\\s+["\']?')
    const search = new RegExp(`(?<![\\w./-])${pattern}(?![\\w-])`, 'g')
    search.lastIndex = from
    const found = search.exec(text)
    if (found) return { start: found.index, end: endOf(text, found.index, found[0]) }
  }
  return null
}
