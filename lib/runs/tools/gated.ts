import type { GatedCommand } from '../model'
import type { CallClass } from './register'

/** Which rule of the gate a program answers to. */
export type GatedRule = 'git-approval' | 'outbound-approval'

type GatedProgram = {
  name: string
  rule: GatedRule
  /** Only these sub-commands leave the copy; the others do not exist in the workspace shell. */
  only?: readonly string[]
}

/**
 * Programs that reach outside the copy. In the workspace shell they are recorders: what they would
 * have been started with is shown to people, and only an approved one is ever carried out.
 */
export const GATED_PROGRAMS: readonly GatedProgram[] = [
  { name: 'git', rule: 'git-approval' },
  { name: 'gh', rule: 'git-approval' },
  { name: 'docker', rule: 'outbound-approval' },
  { name: 'kubectl', rule: 'outbound-approval' },
  { name: 'terraform', rule: 'outbound-approval' },
  { name: 'ssh', rule: 'outbound-approval' },
  { name: 'scp', rule: 'outbound-approval' },
  { name: 'curl', rule: 'outbound-approval' },
  { name: 'wget', rule: 'outbound-approval' },
  { name: 'npm', rule: 'outbound-approval', only: ['publish'] },
  { name: 'pnpm', rule: 'outbound-approval', only: ['publish'] },
  { name: 'yarn', rule: 'outbound-approval', only: ['publish'] },
]

/** The rule of a gated argv; a program that is not listed answers to the stricter one. */
export function ruleOf(command: GatedCommand): GatedRule {
  const program = GATED_PROGRAMS.find((entry) => entry.name === command.argv[0])
  return program?.rule ?? 'git-approval'
}

const SEVERITY: readonly CallClass[] = ['destroy', 'outbound', 'execute', 'write', 'read']

/** What gated commands would do, worst first, each sentence once. */
export function describeAll(commands: readonly GatedCommand[]): Meaning[] {
  const meanings = commands.map(describeGated)
  const seen = new Set<string>()
  return SEVERITY.flatMap((kind) => meanings.filter((meaning) => meaning.class === kind)).filter(
    ({ sentence }) => !seen.has(sentence) && seen.add(sentence),
  )
}

const GIT_FLAGS_WITH_VALUE = new Set(['-C', '-c', '--git-dir', '--work-tree', '--namespace'])

/** The sub-command of a git argv and what follows it; null when there is none. */
function gitVerb(argv: readonly string[]): { verb: string; rest: readonly string[] } | null {
  for (let at = 1; at < argv.length; at++) {
    const word = argv[at] ?? ''
    if (GIT_FLAGS_WITH_VALUE.has(word)) at++
    else if (!word.startsWith('-')) return { verb: word, rest: argv.slice(at + 1) }
  }
  return null
}

const GIT_READS = new Set(['status', 'diff', 'log', 'show', 'blame', 'ls-files', 'rev-parse'])
const GIT_FETCHES = new Set(['fetch', 'pull', 'clone', 'ls-remote'])
const GIT_ERASES = new Set(['clean', 'restore', 'gc', 'prune', 'reflog', 'update-ref'])
/** Sub-commands and options with which git starts programs that nobody was shown. */
const GIT_RUNS_CODE = new Set([
  'config',
  'filter-branch',
  'difftool',
  'mergetool',
  'bisect',
  'hook',
])
const GIT_GLOBAL_CODE = /^(-c|--config-env|--exec-path|--git-dir|--work-tree)(=|$)/
const GIT_OPTION_CODE = [
  'upload-pack',
  'receive-pack',
  'exec',
  'ext-diff',
  'textconv',
  'open-files-in-pager',
]
/** Short spellings of the same, by sub-command. */
const GIT_SHORT_CODE: Record<string, string> = { rebase: '-x', grep: '-O', clone: '-u' }

/**
 * Why a git argv is never carried out, approved or not: it would start a program that the argv does
 * not name (configuration, transports, `--exec`). Null when it may be put to people.
 */
export function refusedGit(command: GatedCommand): string | null {
  const { argv } = command
  if (argv[0] !== 'git') return null
  const git = gitVerb(argv)
  const before = git === null ? argv.slice(1) : argv.slice(1, argv.length - git.rest.length - 1)
  const rest = git?.rest ?? []
  const flag =
    before.find((word) => GIT_GLOBAL_CODE.test(word)) ??
    rest.find((word) => opensProgram(word, git?.verb ?? ''))
  if (flag !== undefined) return `git ${flag.split('=')[0]} can start programs that nobody sees.`
  const folder = before[before.indexOf('-C') + 1]
  if (before.includes('-C') && /^\/|(^|\/)\.\.(\/|$)/.test(folder ?? '')) {
    return 'git -C leads out of the workspace.'
  }
  if (rest.some((word) => /^ext::/i.test(word))) return 'An ext:: address starts a program.'
  if (git !== null && GIT_RUNS_CODE.has(git.verb)) {
    return `git ${git.verb} can start programs that nobody sees.`
  }
  if (git?.verb === 'submodule' && rest.includes('foreach')) {
    return 'git submodule foreach starts programs that nobody sees.'
  }
  return null
}

/** git takes any unambiguous beginning of a long option, so beginnings count too. */
function opensProgram(word: string, verb: string): boolean {
  const short = GIT_SHORT_CODE[verb]
  if (short !== undefined && word.startsWith(short)) return true
  const name = /^--([a-z-]{2,})(=|$)/.exec(word)?.[1]
  return name !== undefined && GIT_OPTION_CODE.some((option) => option.startsWith(name))
}

export type Meaning = { class: CallClass; sentence: string }

/** What a gated command would do, in a sentence for people. Computed from the argv alone. */
export function describeGated(command: GatedCommand): Meaning {
  const [program = '', first = ''] = command.argv
  switch (program) {
    case 'git':
      return describeGit(command.argv)
    case 'kubectl':
      return first === 'delete'
        ? { class: 'destroy', sentence: `Deletes ${command.argv.slice(2).join(' ')} in a cluster.` }
        : { class: 'outbound', sentence: `Runs kubectl ${first} against a cluster.` }
    case 'terraform':
      return first === 'destroy' || first === 'apply'
        ? { class: 'destroy', sentence: `Runs terraform ${first}: changes live infrastructure.` }
        : { class: 'outbound', sentence: `Runs terraform ${first}.` }
    case 'npm':
    case 'pnpm':
    case 'yarn':
      return { class: 'outbound', sentence: 'Publishes a package to a registry.' }
    case 'curl':
    case 'wget':
      return { class: 'outbound', sentence: `Sends a request to ${addressOf(command.argv)}.` }
    case 'ssh':
    case 'scp':
      return { class: 'outbound', sentence: `Connects to ${addressOf(command.argv)}.` }
    default:
      return { class: 'outbound', sentence: `Runs ${program} ${first}`.trimEnd().concat('.') }
  }
}

function describeGit(argv: readonly string[]): Meaning {
  const git = gitVerb(argv)
  if (git === null) return { class: 'read', sentence: 'Runs git without a sub-command.' }
  const { verb, rest } = git
  const names = rest.filter((word) => !word.startsWith('-'))
  if (verb === 'push') return describePush(rest, names)
  if (GIT_READS.has(verb)) return { class: 'read', sentence: `Reads the repository: git ${verb}.` }
  if (GIT_FETCHES.has(verb)) {
    return { class: 'outbound', sentence: `Fetches from ${names[0] ?? 'the remote'}.` }
  }
  if (isErasing(verb, rest)) {
    return { class: 'destroy', sentence: `Throws work away in the repository: git ${verb}.` }
  }
  if (verb === 'commit') return { class: 'write', sentence: 'Commits to the repository.' }
  return { class: 'write', sentence: `Changes the repository: git ${verb}.` }
}

function describePush(rest: readonly string[], names: readonly string[]): Meaning {
  const target = names.length > 0 ? names.join(' ') : 'the default remote'
  const overwrites =
    rest.some((word) => /^(-f|--force.*|--mirror)$/.test(word)) ||
    names.some((name) => name.startsWith('+'))
  const deletes =
    rest.some((word) => word === '-d' || word === '--delete' || word === '--prune') ||
    names.some((name) => name.startsWith(':'))
  if (overwrites) return { class: 'destroy', sentence: `Overwrites history on ${target}.` }
  if (deletes) return { class: 'destroy', sentence: `Deletes branches on ${target}.` }
  return { class: 'outbound', sentence: `Pushes to ${target}.` }
}

function isErasing(verb: string, rest: readonly string[]): boolean {
  if (GIT_ERASES.has(verb)) return true
  if (verb === 'reset') return rest.some((word) => word === '--hard' || word === '--merge')
  if (verb === 'checkout' || verb === 'switch') {
    return rest.some((word) => /^(--|-f|--force|--discard-changes)$/.test(word))
  }
  if (verb === 'stash') return rest[0] === 'drop' || rest[0] === 'clear'
  if (verb === 'branch' || verb === 'tag')
    return rest.some((word) => /^(-D|-d|--delete)$/.test(word))
  return false
}

function addressOf(argv: readonly string[]): string {
  const words = argv.slice(1)
  const url = words.find((word) => /^[a-z][a-z0-9+.-]*:\/\//i.test(word))
  return url ?? words.find((word) => !word.startsWith('-')) ?? 'an address that is not named'
}
