import { breakAt, lineEnd, lineStart } from './checked'
import type { DefinitionContent, Field, Splice, ToolEntry } from './model'
import { listItem } from './scalar'

/** Splices to try, best first; or a sentence that says why there is none. */
export type Planned = { ok: true; splices: Splice[] } | { ok: false; reason: string }

const refuse = (reason: string): Planned => ({ ok: false, reason })
const plan = (...splices: Splice[]): Planned => ({ ok: true, splices })

const CHOOSE =
  'It inherits every tool, so adding one would take all others away. Write the list of tools first.'

/** How a granted tool is written into the file, in the form and with the separators it already uses. */
export function planAddTool(definition: DefinitionContent, name: string): Planned {
  const { tools } = definition
  const field = definition.fields.find((each) => each.key === 'tools')
  if (tools.names.includes(name)) return refuse(`${name} is granted already.`)
  if (!field) return refuse(CHOOSE)
  const last = tools.entries[tools.entries.length - 1]
  switch (tools.form) {
    case 'comma':
    case 'single':
      return last ? addToLine(definition, field, { name, last }) : refuse(CHOOSE)
    case 'flow':
      return last ? addToFlow(definition, { name, last }) : refuse(CHOOSE)
    case 'block':
      return last ? addToBlock(definition, { name, last }) : refuse(CHOOSE)
    case 'map':
      return addToMap(definition, name)
    case 'empty':
      return tools.inheritsAll
        ? refuse(CHOOSE)
        : plan({
            ...span(field),
            text: `[${listItem(name, field.style === 'json' ? '"' : '', 'flow')}]`,
          })
    case 'true':
      return refuse(CHOOSE)
    default:
      return refuse('`tools` cannot be read. Repair it in the text first.')
  }
}

/** How a tool is taken out of the file. Taking the last one writes `[]`: nothing would mean all. */
export function planRemoveTool(definition: DefinitionContent, name: string): Planned {
  const { tools, text } = definition
  const field = definition.fields.find((each) => each.key === 'tools')
  const index = tools.entries.findIndex((entry) => entry.name === name)
  const entry = tools.entries[index]
  if (!field || !entry) return refuse(`${name} is not granted by name.`)
  if (tools.form === 'map') return plan(switchOff(definition, entry))
  if (tools.entries.length === 1) return plan(emptyList(definition, field))
  const next = tools.entries[index + 1]
  const previous = tools.entries[index - 1]
  if (tools.form === 'block') return plan(wholeLines(text, entry))
  const usual = next
    ? { start: entry.range.start, end: next.range.start }
    : { start: previous?.range.end ?? entry.range.start, end: entry.range.end }
  // Comments between two names stay, so only the name and its comma go.
  return text.slice(usual.start, usual.end).includes('#')
    ? plan(ownLineOrName(text, entry), { ...nameAndComma(text, entry), text: '' })
    : plan({ ...usual, text: '' })
}

type Added = { name: string; last: ToolEntry }

function addToLine(definition: DefinitionContent, field: Field, { name, last }: Added): Planned {
  const source = definition.text.slice(field.range.start, field.range.end)
  const joined = `${String(field.value).trimEnd()}, ${name}`
  const end = last.range.end
  return plan(
    { start: end, end, text: `${separator(definition, ', ')}${name}` },
    { ...span(field), text: /^'/.test(source) ? `'${joined}'` : JSON.stringify(joined) },
  )
}

function addToFlow(definition: DefinitionContent, { name, last }: Added): Planned {
  const neighbour = definition.text.slice(last.range.start, last.range.end)
  const end = last.range.end
  const item = listItem(name, neighbour, 'flow')
  return plan({ start: end, end, text: `${separator(definition, ', ')}${item}` })
}

function addToBlock(definition: DefinitionContent, { name, last }: Added): Planned {
  const { text } = definition
  const lead = text.slice(lineStart(text, last.range.start), last.range.start)
  const neighbour = text.slice(last.range.start, last.range.end)
  const at = lineEnd(text, last.range.end)
  const item = listItem(name, neighbour, 'block')
  return plan({ start: at, end: at, text: `${lead}${item}${breakAt(definition, at)}` })
}

function addToMap(definition: DefinitionContent, name: string): Planned {
  const { tools, text } = definition
  const off = tools.denied.find((entry) => entry.name === name)
  if (off) {
    const source = text.slice(off.range.start, off.range.end)
    const value = /(?:false|deny)$/.exec(source)
    if (!value) return refuse('Switch it on in the text.')
    const word = value[0] === 'deny' ? 'allow' : 'true'
    return plan({ start: off.range.end - value[0].length, end: off.range.end, text: word })
  }
  const all = [...tools.entries, ...tools.denied].sort((a, b) => a.range.start - b.range.start)
  const last = all[all.length - 1]
  if (!last) return refuse(CHOOSE)
  const start = lineStart(text, last.range.start)
  const lead = text.slice(start, last.range.start)
  if (lead.trim() !== '') {
    return plan({ start: last.range.end, end: last.range.end, text: `, ${name}: true` })
  }
  const at = lineEnd(text, last.range.end)
  return plan({ start: at, end: at, text: `${lead}${name}: true${breakAt(definition, at)}` })
}

function switchOff({ text }: DefinitionContent, entry: ToolEntry): Splice {
  const source = text.slice(entry.range.start, entry.range.end)
  const colon = source.lastIndexOf(':')
  const word = /(?:allow|ask)\s*$/.test(source) ? 'deny' : 'false'
  return { start: entry.range.start + colon + 1, end: entry.range.end, text: ` ${word}` }
}

function emptyList({ tools, text }: DefinitionContent, field: Field): Splice {
  if (tools.form !== 'block') return { ...span(field), text: '[]' }
  // A block list begins below its key, so the empty one moves up behind the colon.
  const colon = text.indexOf(':', field.keyRange.end) + 1
  const above = text.slice(colon, lineStart(text, field.range.start)).trimEnd()
  return { start: colon, end: field.range.end, text: ` []${above}` }
}

/** A name on a line of its own goes with the line; else the name with its comma. */
function ownLineOrName(text: string, entry: ToolEntry): Splice {
  const whole = wholeLines(text, entry)
  const before = text.slice(whole.start, entry.range.start)
  const behind = text.slice(entry.range.end, whole.end)
  const alone = before.trim() === '' && /^[ \t]*,?[ \t]*(?:#.*)?\s*$/.test(behind)
  return alone ? whole : { ...nameAndComma(text, entry), text: '' }
}

function nameAndComma(text: string, { range }: ToolEntry): { start: number; end: number } {
  const comma = /^[ \t]*,/.exec(text.slice(range.end, range.end + 80))?.[0].length ?? 0
  return { start: range.start, end: range.end + comma }
}

function wholeLines(text: string, entry: ToolEntry): Splice {
  return {
    start: lineStart(text, entry.range.start),
    end: lineEnd(text, entry.range.end),
    text: '',
  }
}

/** What stands between the last two names of the list. */
function separator({ tools, text }: DefinitionContent, usual: string): string {
  const last = tools.entries[tools.entries.length - 1]
  const before = tools.entries[tools.entries.length - 2]
  if (!last || !before) return usual
  const between = text.slice(before.range.end, last.range.start)
  return /^[\s,]+$/.test(between) ? between : usual
}

function span(field: Field): { start: number; end: number } {
  return { start: field.range.start, end: field.range.end }
}
