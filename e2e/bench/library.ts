import { execFile } from 'node:child_process'
import { mkdir, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { diffArrays } from 'diff'
import { parse as parseYaml } from 'yaml'
import { checkDefinition } from '@/lib/constitution/check'
import { DEFAULT_CONTEXT } from '@/lib/constitution/default-constitution'
import { diffText } from '@/lib/definition/diff'
import { parseDefinition } from '@/lib/definition/parse'
import { type Figure, median, milliseconds, whole } from './measure'
import { definitionText, nameOf } from './world'

const ROUNDS = 5
const run = promisify(execFile)

/** Milliseconds of `work` in each of some rounds, after one that warms up. */
function rounds(work: () => unknown): number[] {
  work()
  return Array.from({ length: ROUNDS }, () => {
    const started = performance.now()
    work()
    return performance.now() - started
  })
}

/** What needs no database: reading, checking and comparing texts; and the command that does it. */
export async function libraryFigures(folder: string, agents: number): Promise<Figure[]> {
  return [...readingFigures(), await lintFigure(folder, agents), ...diffFigures()]
}

/** Reading and checking files beside only parsing the YAML of the same files. */
function readingFigures(): Figure[] {
  const files = Array.from({ length: 300 }, (_, n) => {
    const text = definitionText(nameOf(n), String(n))
    const yaml = text.slice(4, text.indexOf('\n---', 4))
    return { path: `agents/${nameOf(n)}.md`, bytes: Buffer.from(text), yaml }
  })
  const perSecond = (taken: readonly number[]) => (files.length / median(taken)) * 1_000
  const bare = perSecond(rounds(() => files.map(({ yaml }) => parseYaml(yaml))))
  const parsed = perSecond(
    rounds(() => files.map(({ bytes, path }) => parseDefinition(bytes, { path }))),
  )
  const checked = perSecond(
    rounds(() =>
      files.map(({ bytes, path }) =>
        checkDefinition(parseDefinition(bytes, { path }), DEFAULT_CONTEXT),
      ),
    ),
  )
  const against = (rate: number) => `${whole(rate)} files/s, ${(bare / rate).toFixed(1)}x bare YAML`
  const kilobytes = ((files[0]?.bytes.length ?? 0) / 1024).toFixed(1)
  return [
    { what: `definition of ${kilobytes} KB, parsed`, value: against(parsed), goal: '' },
    { what: '  parsed and checked', value: against(checked), goal: 'under 50 ms a file' },
    { what: '  its YAML alone, by the yaml library', value: `${whole(bare)} files/s`, goal: '' },
  ]
}

/** The command on a folder, with its own start: what a team's CI waits for. */
async function lintFigure(folder: string, agents: number): Promise<Figure> {
  const root = join(folder, 'lint', 'agents')
  await mkdir(root, { recursive: true })
  for (let n = 0; n < agents; n += 1) {
    await writeFile(join(root, `${nameOf(n)}.md`), definitionText(nameOf(n), String(n)))
  }
  const cli = resolve(import.meta.dirname, '../../lib/cli/chancery.mjs')
  const timed = async (path: string): Promise<number> => {
    const started = performance.now()
    const flags = ['--format', 'json', '--fail-on', 'blocking']
    await run(process.execPath, [cli, 'lint', path, ...flags], { maxBuffer: 2 ** 30 })
    return performance.now() - started
  }
  const one = await timed(join(root, `${nameOf(0)}.md`))
  const all = await timed(root)
  const each = ((all - one) / (agents - 1)).toFixed(2)
  return {
    what: `chancery lint, ${whole(agents)} files`,
    value: `${(all / 1_000).toFixed(1)} s, ${each} ms a file, ${(one / 1_000).toFixed(2)} s for one`,
    goal: 'under 50 ms a file',
  }
}

/** Long texts with a change every 200 lines, beside the bare algorithm on the same lines. */
function diffFigures(): Figure[] {
  return [5_000, 100_000].flatMap((lines) => {
    const before = Array.from({ length: lines }, (_, n) => `Line ${n} of ${nameOf(n)}.`)
    const after = before.map((line, n) => (n % 200 === 7 ? `${line} Changed.` : line))
    const [a, b] = [before.join('\n'), after.join('\n')]
    let aligned = true
    const ours = rounds(() => {
      aligned = diffText(a, b).aligned
    })
    const bare = lines > 5_000 ? null : rounds(() => diffArrays(before, after))
    const beside = bare ? `, ${(median(ours) / median(bare)).toFixed(2)}x the bare algorithm` : ''
    const how = aligned ? '' : ', shown as replaced: too many changes to align'
    const value = `${milliseconds(ours)}${beside}${how}`
    return [
      { what: `diff of ${whole(lines)} lines, ${whole(lines / 200)} changed`, value, goal: '' },
    ]
  })
}
