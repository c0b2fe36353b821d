import { z } from 'zod'
import type { Effect } from '../model'

/** The tools of the runner, in the order in which they are offered to a model. */
export const TOOL_NAMES = ['Read', 'Glob', 'Grep', 'Write', 'Edit', 'MultiEdit', 'Bash'] as const
export type ToolName = (typeof TOOL_NAMES)[number]

/** What a call does to the world, in the words of the interface. */
export const CALL_CLASSES = ['read', 'write', 'execute', 'outbound', 'destroy'] as const
export type CallClass = (typeof CALL_CLASSES)[number]

const path = z
  .string()
  .min(1)
  .max(1_024)
  .describe('Path in the workspace: relative to its root, or absolute below /workspace.')
const folder = path.optional().describe('Folder to search; the whole workspace when left out.')
const pattern = z.string().min(1).max(1_000)
const fileText = z.string().max(2_000_000)
const edit = z.strictObject({
  old_string: z.string().min(1).max(200_000).describe('Exact text to replace.'),
  new_string: z.string().max(200_000),
  replace_all: z.boolean().optional().describe('Replace every place instead of exactly one.'),
})

const readArgs = z.strictObject({
  file_path: path,
  offset: z.int().min(1).optional().describe('First line, from 1.'),
  limit: z.int().min(1).max(5_000).optional().describe('Number of lines; 2,000 when left out.'),
})
const globArgs = z.strictObject({
  pattern: pattern.describe('Glob such as src/**/*.ts, matched against paths.'),
  path: folder,
})
const grepArgs = z.strictObject({
  pattern: pattern.describe('JavaScript regular expression, matched line by line.'),
  path: folder,
  glob: z.string().max(500).optional().describe('Only files whose path matches this glob.'),
  ignore_case: z.boolean().optional(),
  output_mode: z.enum(['content', 'files_with_matches', 'count']).optional(),
})
const writeArgs = z.strictObject({ file_path: path, content: fileText })
const editArgs = z.strictObject({ file_path: path, ...edit.shape })
const multiEditArgs = z.strictObject({ file_path: path, edits: z.array(edit).min(1).max(100) })
const bashArgs = z.strictObject({
  command: z.string().min(1).max(20_000).describe('Shell script, run in the workspace copy.'),
  description: z.string().max(500).optional().describe('What it is for, in a few words.'),
})

export type ToolArgs = {
  Read: z.infer<typeof readArgs>
  Glob: z.infer<typeof globArgs>
  Grep: z.infer<typeof grepArgs>
  Write: z.infer<typeof writeArgs>
  Edit: z.infer<typeof editArgs>
  MultiEdit: z.infer<typeof multiEditArgs>
  Bash: z.infer<typeof bashArgs>
}

type Registration<Name extends ToolName> = {
  name: Name
  args: z.ZodType<ToolArgs[Name]>
  effect: Effect
  class: CallClass
  /** Told to the model. */
  description: string
  /** Told to people: what would happen, computed from the arguments, never the model's words. */
  consequence: (args: ToolArgs[Name]) => string
}

const lines = (text: string) => text.split('\n').length
const count = (n: number, one: string) => `${n} ${one}${n === 1 ? '' : 's'}`

/**
 * The one place that says what a tool takes, how it may be repeated after a crash and what it means
 * in a sentence. Nothing here comes from a definition or a model.
 */
const REGISTER: { readonly [Name in ToolName]: Registration<Name> } = {
  Read: {
    name: 'Read',
    args: readArgs,
    effect: 'pure',
    class: 'read',
    description: 'Reads a text file of the workspace, with line numbers.',
    consequence: (args) => `Reads ${args.file_path}.`,
  },
  Glob: {
    name: 'Glob',
    args: globArgs,
    effect: 'pure',
    class: 'read',
    description: 'Lists the files of the workspace whose path matches a glob.',
    consequence: (args) => `Lists files that match ${args.pattern}.`,
  },
  Grep: {
    name: 'Grep',
    args: grepArgs,
    effect: 'pure',
    class: 'read',
    description: 'Searches the files of the workspace with a regular expression.',
    consequence: (args) => `Searches for ${args.pattern}${args.path ? ` in ${args.path}` : ''}.`,
  },
  Write: {
    name: 'Write',
    args: writeArgs,
    effect: 'overlay',
    class: 'write',
    description: 'Writes a whole file, creating folders as needed. Replaces what was there.',
    consequence: (args) =>
      `Writes ${args.file_path} (${count(lines(args.content), 'line')}) in the copy.`,
  },
  Edit: {
    name: 'Edit',
    args: editArgs,
    effect: 'overlay',
    class: 'write',
    description: 'Replaces an exact text in a file. The text must occur exactly once.',
    consequence: (args) => `Changes ${args.file_path} in the copy.`,
  },
  MultiEdit: {
    name: 'MultiEdit',
    args: multiEditArgs,
    effect: 'overlay',
    class: 'write',
    description: 'Applies several replacements to one file, in order, all or none.',
    consequence: (args) =>
      `Makes ${count(args.edits.length, 'change')} to ${args.file_path} in the copy.`,
  },
  Bash: {
    name: 'Bash',
    args: bashArgs,
    effect: 'overlay',
    class: 'execute',
    description:
      'Runs a shell script in a copy of the workspace: usual text and file commands, no network, ' +
      'no other programs. Commands that leave the copy (git, curl, docker and the like) wait for ' +
      'approval and are carried out after the change-set; their output is empty until then.',
    consequence: (args) =>
      `Runs ${count(lines(args.command.trim()), 'line')} of shell in the copy of the workspace.`,
  },
}

/** True for a tool that the runner has. */
export function isTool(name: string): name is ToolName {
  return Object.hasOwn(REGISTER, name)
}

/** The registration of a tool. */
export function registration<Name extends ToolName>(name: Name): Registration<Name> {
  return REGISTER[name]
}

export type ParsedCall = { [Name in ToolName]: { tool: Name; args: ToolArgs[Name] } }[ToolName]
export type CallParse = { ok: true; call: ParsedCall } | { ok: false; sentence: string }

/**
 * Arguments as a model sent them, checked strictly: an unknown tool, an unknown key or a value out
 * of bounds is refused with a sentence that goes back to the model.
 */
export function parseCall(tool: string, input: unknown): CallParse {
  if (!isTool(tool)) return { ok: false, sentence: `There is no tool ${tool.slice(0, 100)}.` }
  const parsed = REGISTER[tool].args.safeParse(input)
  if (parsed.success) return { ok: true, call: { tool, args: parsed.data } as ParsedCall }
  const issue = parsed.error.issues[0]
  const where = issue?.path.length ? `${issue.path.join('.')}: ` : ''
  return { ok: false, sentence: `${tool} was not called: ${where}${issue?.message ?? 'bad input'}` }
}

/** What the call would do, from the register: class and sentence. */
export function describeCall(call: ParsedCall): { class: CallClass; sentence: string } {
  const entry = REGISTER[call.tool] as Registration<ToolName>
  return { class: entry.class, sentence: entry.consequence(call.args) }
}

/** The workspace paths that a call names; empty for tools whose paths show only when they run. */
export function pathsOf(call: ParsedCall): string[] {
  switch (call.tool) {
    case 'Read':
    case 'Write':
    case 'Edit':
    case 'MultiEdit':
      return [call.args.file_path]
    case 'Glob':
    case 'Grep':
      return call.args.path === undefined ? [] : [call.args.path]
    case 'Bash':
      return []
  }
}
