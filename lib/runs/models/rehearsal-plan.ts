/** What an earlier call of the rehearsal came back with, in order. */
export type RehearsedResult = { tool: string; output: string; isError: boolean }

type Situation = { task: string; tools: readonly string[]; results: readonly RehearsedResult[] }
type Call = { tool: string; args: Record<string, unknown>; because: string }
/** A step that may turn out to have nothing to do, seen from the results so far. */
type Step = (results: readonly RehearsedResult[]) => Call | null

/**
 * The next call of a rehearsal, or null when all is done. The order is fixed: Glob, Read, Grep,
 * Edit (or MultiEdit), Write, Bash. The task steers it, always in the same way:
 * - a file name in the task (`src/a.ts`) is the file that is read and edited; one that is not there
 *   is the file that is written, else `rehearsal-notes.md`;
 * - text in backticks that is no file name is run in the shell, each as a call of its own and in
 *   place of the shell's usual two calls;
 * - the usual two calls are a listing and `git add -A && git commit`; the second is left out when
 *   the task says "without git" or "no git";
 * - "only read" leaves out every change.
 */
export function plannedCall(situation: Situation): Call | null {
  let done = 0
  for (const step of stepsFor(situation)) {
    const call = step(situation.results.slice(0, done))
    if (call === null) continue
    if (done === situation.results.length) return call
    done += 1
  }
  return null
}

function stepsFor({ task, tools }: Situation): Step[] {
  const has = (tool: string) => tools.includes(tool)
  const files = filesIn(task)
  const changes = !/\bonly read\b/i.test(task)
  const steps: Step[] = []
  if (has('Glob')) steps.push(() => call('Glob', { pattern: '**/*' }, 'Looking at what is there.'))
  if (has('Read')) steps.push((results) => readStep(files, results))
  if (has('Grep')) steps.push(() => grepStep(task))
  const editor = ['Edit', 'MultiEdit'].find(has)
  if (changes && editor !== undefined && has('Read')) {
    steps.push((results) => editStep(editor, files, results))
  }
  if (changes && has('Write')) steps.push((results) => writeStep(task, files, results))
  if (has('Bash')) steps.push(...shellSteps(task, files, changes))
  return steps
}

function call(tool: string, args: Record<string, unknown>, because: string): Call {
  return { tool, args, because }
}

const QUOTED = /`([^`\n]+)`/g
const FILE = /(?:[\w.-]+\/)*[\w-][\w.-]*\.[A-Za-z][A-Za-z0-9]{0,7}/g

/** File names in a task, in order, without addresses and without what is a command. */
function filesIn(task: string): string[] {
  const prose = task
    .replace(QUOTED, (_, text: string) => (new RegExp(`^${FILE.source}$`).test(text) ? text : ''))
    .replace(/\b[a-z]+:\/\/\S+/gi, '')
  const found = prose.match(FILE) ?? []
  return [...new Set(found.map((file) => file.replace(/\.+$/, '')))]
}

/** The listing that Glob gave, or null when it was not granted. */
function listing(results: readonly RehearsedResult[]): string[] | null {
  const glob = results.find((result) => result.tool === 'Glob')
  return glob === undefined || glob.isError ? null : glob.output.split('\n')
}

function fileToRead(files: readonly string[], results: readonly RehearsedResult[]): string {
  const there = listing(results)
  const named = files.find((file) => there === null || there.includes(file))
  const readme = there?.find((file) => /^readme(\.\w+)?$/i.test(file))
  return named ?? readme ?? there?.[0] ?? 'README.md'
}

function readStep(files: readonly string[], results: readonly RehearsedResult[]): Call {
  const file = fileToRead(files, results)
  return call('Read', { file_path: file }, `Reading ${file}.`)
}

function grepStep(task: string): Call {
  const words = task.match(/\p{L}{4,}/gu) ?? ['TODO']
  const word = words.reduce((longest, next) => (next.length > longest.length ? next : longest))
  const args = { pattern: word, ignore_case: true, output_mode: 'files_with_matches' }
  return call('Grep', args, `Searching for “${word}”.`)
}

function editStep(
  editor: string,
  files: readonly string[],
  results: readonly RehearsedResult[],
): Call | null {
  const read = results.find((result) => result.tool === 'Read')
  if (read === undefined || read.isError) return null
  const lines = read.output.split('\n').map((line) => line.replace(/^\s*\d+\t/, ''))
  const line = lines.find((text) => {
    const fits = text.trim().length > 3 && text.length < 200
    return fits && lines.filter((other) => other.includes(text)).length === 1
  })
  if (line === undefined) return null
  const file = fileToRead(files, results)
  const change = { old_string: line, new_string: `${line} (rehearsed)` }
  const args = editor === 'Edit' ? { ...change } : { edits: [change] }
  return call(editor, { file_path: file, ...args }, `Changing one line of ${file}.`)
}

function writeStep(
  task: string,
  files: readonly string[],
  results: readonly RehearsedResult[],
): Call {
  const there = listing(results)
  const read = results.find((result) => result.tool === 'Read')
  const missing = files.find((file) => {
    if (there !== null) return !there.includes(file)
    return read === undefined || read.isError || file !== files[0]
  })
  const file = missing ?? 'rehearsal-notes.md'
  const content = `# Rehearsal\n\nTask: ${task.trim()}\n\nNo language model wrote this file.\n`
  return call('Write', { file_path: file, content }, `Writing ${file}.`)
}

function shellSteps(task: string, files: readonly string[], changes: boolean): Step[] {
  const quoted = [...task.matchAll(QUOTED)]
    .map((match) => (match[1] ?? '').trim())
    .filter((text) => text !== '' && !files.includes(text))
  if (quoted.length > 0) {
    return quoted.map((command) => () => call('Bash', { command }, 'Running what the task names.'))
  }
  const steps: Step[] = [
    (results) => {
      const command = `ls -1 | head -20 && wc -l ${fileToRead(files, results)}`
      return call('Bash', { command }, 'Listing the folder in the shell.')
    },
  ]
  if (changes && !/\b(no|without) git\b/i.test(task)) {
    const subject = task
      .replace(/[^\p{L}\p{N} .,_/-]+/gu, ' ')
      .replace(/\s+/g, ' ')
      .trim()
    const command = `git add -A && git commit -m "Rehearsal: ${subject.slice(0, 50).trim()}"`
    steps.push(() => call('Bash', { command }, 'Asking to commit.'))
  }
  return steps
}
