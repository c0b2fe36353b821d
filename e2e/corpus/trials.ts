import { CONVERT_TARGETS, convertTo } from '@/lib/definition/convert'
import { encodeText } from '@/lib/definition/decode'
import { addTool, removeField, removeTool, setField } from '@/lib/definition/edit'
import type { DefinitionContent, EditResult } from '@/lib/definition/model'
import { readDefinition } from '@/lib/definition/read'
import { repairFrontmatter } from '@/lib/definition/repair'
import { insertSection, moveSection } from '@/lib/definition/section-edits'

export type Row = { right: number; refused: number; missed: number }
export type Tally = {
  rows: Map<string, Row>
  losses: Map<string, number>
  miss: (trial: string) => void
}

/** Texts that break careless writers of YAML, TOML and JSON. */
const HOSTILE = [
  'Use it: now, and # not later',
  "He said \"yes\" and it's 'fine'",
  '🚀 人類学者 ünïcödé',
  'one\ntwo\n\nthree: four\n',
  '- a dash first',
  '---',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: a shell variable, as people write it
  '${HOME} `x` $(y) %z @w',
  'C:\\temp\\new \\u0041 \\',
  '[a, b] {c: d} *e &f !g |h >i ?j',
  ' leading and trailing ',
  'true',
  '1e3',
  '\ttab\tin\u00a0it',
  '\'\'\'"""',
  '',
]

/** Every trial with one definition; a trial counts as right, refused or missed. */
export function measure(kind: string, bytes: Uint8Array, path: string, tally: Tally): void {
  let definition: DefinitionContent
  try {
    definition = readDefinition(bytes, { path })
  } catch {
    count(tally, `${kind}: import never throws`, 'missed')
    return
  }
  count(tally, `${kind}: import never throws`, 'right')
  const same = sameBytes(encodeText(definition.text, definition.encoding), bytes)
  count(tally, `${kind}: no edit, same bytes`, same ? 'right' : 'missed')
  editTrials(kind, definition, tally)
  sectionTrials(kind, definition, tally)
  convertTrials(kind, definition, tally)
}

function editTrials(kind: string, before: DefinitionContent, tally: Tally): void {
  const trial = (name: string, edited: EditResult, key: string, wanted: unknown) => {
    if (!edited.ok) {
      count(tally, `${kind}: ${name}`, 'refused')
      return
    }
    const after = readDefinition(edited.bytes, { path: before.path ?? '' })
    const value = after.fields.find((field) => field.key === key)?.value
    const right =
      JSON.stringify(value) === JSON.stringify(wanted) &&
      keepsOthers(before, after, key) &&
      outside(before, after, key)
    count(tally, `${kind}: ${name}`, right ? 'right' : 'missed')
  }
  const valid = before.frontmatter?.valid === true ? 'valid' : 'not valid'
  trial(`set model (${valid})`, setField(before, 'model', 'opus'), 'model', 'opus')
  for (const words of HOSTILE) {
    trial(
      `set description (${valid})`,
      setField(before, 'description', words),
      'description',
      words,
    )
  }
  const [first] = before.fields.filter(({ key }) => key !== 'developer_instructions')
  if (first) trial('remove field', removeField(before, first.key), first.key, undefined)
  toolTrials(kind, before, tally)
  const repaired = repairFrontmatter(before)
  if (before.frontmatter?.valid === false || repaired.ok) {
    const after = repaired.ok ? readDefinition(repaired.bytes, { path: before.path ?? '' }) : null
    const right = after === null ? 'refused' : after.frontmatter?.valid ? 'right' : 'missed'
    count(tally, `${kind}: repair parses`, right)
  }
}

function toolTrials(kind: string, before: DefinitionContent, tally: Tally): void {
  const check = (name: string, edited: EditResult, wanted: string[]) => {
    if (!edited.ok) {
      count(tally, `${kind}: ${name}`, 'refused')
      return
    }
    const after = readDefinition(edited.bytes, { path: before.path ?? '' })
    const right =
      JSON.stringify([...after.tools.names].sort()) === JSON.stringify([...wanted].sort()) &&
      keepsOthers(before, after, 'tools') &&
      outside(before, after, 'tools')
    count(tally, `${kind}: ${name}`, right ? 'right' : 'missed')
  }
  const { names } = before.tools
  check('add tool', addTool(before, 'Chancery'), [...names, 'Chancery'])
  const [first] = names
  if (first !== undefined) {
    check(
      'remove tool',
      removeTool(before, first),
      names.filter((name) => name !== first),
    )
  }
}

function sectionTrials(kind: string, before: DefinitionContent, tally: Tally): void {
  const { sections } = before
  const last = sections.at(-1)
  if (!last) return
  const added = insertSection(
    before,
    { title: 'Added by a trial', content: 'Words.' },
    { after: last },
  )
  if (added.ok) {
    const after = readDefinition(added.bytes, { path: before.path ?? '' })
    const right = after.sections.length === sections.length + 1 && keepsOthers(before, after, '')
    count(tally, `${kind}: insert section`, right ? 'right' : 'missed')
  } else count(tally, `${kind}: insert section`, 'refused')
  const [first] = sections.filter(({ depth }) => depth === last.depth)
  if (!first || first === last) return
  const moved = moveSection(before, last, { before: first })
  if (!moved.ok) {
    count(tally, `${kind}: move section`, 'refused')
    return
  }
  const after = readDefinition(moved.bytes, { path: before.path ?? '' })
  const titles = (all: DefinitionContent) => all.sections.map(({ title }) => title).sort()
  const right = JSON.stringify(titles(before)) === JSON.stringify(titles(after))
  count(tally, `${kind}: move section`, right ? 'right' : 'missed')
}

function convertTrials(kind: string, before: DefinitionContent, tally: Tally): void {
  for (const target of CONVERT_TARGETS) {
    if (target === before.format) continue
    const there = convertTo(before, target)
    const name = `${kind}: convert to ${target}`
    if (!there.ok) {
      count(tally, name, 'refused')
      continue
    }
    const path = `${there.folder}/${there.fileName}`
    const after = readDefinition(there.bytes, { path })
    const sound = after.format === target && after.description === before.description
    count(tally, name, sound || before.frontmatter?.valid !== true ? 'right' : 'missed')
    if (kind === 'as found') {
      for (const { severity } of there.losses) {
        const key = `${before.format} ${target} ${severity}`
        tally.losses.set(key, (tally.losses.get(key) ?? 0) + 1)
      }
    }
    backTrial(kind, before, after, tally)
  }
}

/** There and back: every field as it was, and the instructions. */
function backTrial(
  kind: string,
  before: DefinitionContent,
  after: DefinitionContent,
  tally: Tally,
): void {
  const home = CONVERT_TARGETS.find((target) => target === before.format)
  if (home === undefined || before.frontmatter?.valid === false || before.path?.endsWith('.mdc'))
    return
  if (before.format !== 'codex-toml' && before.frontmatter === null) return
  const back = convertTo(after, home)
  const name = `${kind}: back to ${home}`
  if (!back.ok) {
    count(tally, name, 'refused')
    return
  }
  const again = readDefinition(back.bytes, { path: `${back.folder}/${back.fileName}` })
  const right = sortedFields(before) === sortedFields(again) && bodyOf(before) === bodyOf(again)
  count(tally, name, right ? 'right' : 'missed')
}

function count(tally: Tally, trial: string, kind: keyof Row): void {
  const row = tally.rows.get(trial) ?? { right: 0, refused: 0, missed: 0 }
  row[kind] += 1
  tally.rows.set(trial, row)
  if (kind === 'missed') tally.miss(trial)
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, at) => byte === b[at])
}

/** Every other field has its value, in order; one that could not be read before may appear. */
function keepsOthers(before: DefinitionContent, after: DefinitionContent, key: string): boolean {
  const others = ({ fields }: DefinitionContent) =>
    fields.filter((each) => each.key !== key).map((each) => JSON.stringify([each.key, each.value]))
  const [old, now] = [others(before), others(after)]
  const broken = before.frontmatter?.valid === false
  const read = broken ? now.filter((each) => old.includes(each)) : now
  return JSON.stringify(old) === JSON.stringify(read)
}

/** The text before the field's lines and behind them is the same; a new field stands in one place. */
function outside(before: DefinitionContent, after: DefinitionContent, key: string): boolean {
  const [old, now] = [before, after].map(({ fields }) => fields.find((field) => field.key === key))
  const head = old?.keyRange.start ?? now?.keyRange.start ?? 0
  const tail = old ? before.text.length - old.range.end : null
  const behind =
    tail === null
      ? ''
      : before.text.slice(before.text.length - tail).replace(/^[^\n\r]*(?:\r\n|\n|\r)?/, '')
  return before.text.slice(0, head) === after.text.slice(0, head) && after.text.endsWith(behind)
}

function sortedFields({ fields }: DefinitionContent): string {
  const kept = fields.filter(({ key }) => key !== 'developer_instructions')
  return JSON.stringify(kept.map(({ key, value }) => [key, value]).sort())
}

function bodyOf({ format, fields, text, body }: DefinitionContent): string {
  const prompt = fields.find(({ key }) => key === 'developer_instructions')?.value
  return format === 'codex-toml' ? String(prompt) : text.slice(body.range.start, body.range.end)
}
