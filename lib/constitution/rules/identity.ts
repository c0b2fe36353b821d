import { setField } from '@/lib/definition/edit'
import { lineBreak } from '@/lib/definition/lines'
import type { DefinitionContent, TextRange } from '@/lib/definition/model'
import { baseName } from '@/lib/definition/names'
import { spliceBetween } from '@/lib/definition/splice'
import { toolFact } from '@/lib/definition/tool-catalog'
import { claimRange, fieldFix, finding, lineRange, linesOf, shown, spliceFix } from '../evidence'
import type { Rule } from '../model'
import { splitWords } from './domain-words'
import { isGoverned } from './family'
import { definitionRule, example, governedExample } from './make'
import { isConstitutional } from './principle-match'

const PROACTIVE = /\s*\b(?:use\s+)?proactively\b/i

/** It may start without being asked, write files and run commands (S3). */
export const proactiveRisk: Rule = definitionRule({
  id: 'proactive-risk',
  severity: 'warning',
  principle: 'access-control',
  title: 'What starts by itself holds little power.',
  page: {
    what: 'The description invites the host to start the agent unasked, and it may write files and run commands.',
    why: 'Then nobody decides that it runs, and nobody decides what it does.',
    passes: example({ fields: { description: 'Use PROACTIVELY when a ship is late.' } }),
    fails: example({
      fields: {
        description: 'Use PROACTIVELY when a ship is late.',
        tools: 'Read, Write, Bash',
      },
    }),
    fix: 'Take the word PROACTIVELY out, or the tools away.',
  },
  check: (definition, { constitution }) => {
    const { description, tools, format } = definition
    if (description === null || !PROACTIVE.test(description)) return []
    const classed = tools.entries.map((entry) => ({
      ...entry,
      class: toolFact(baseName(entry.name), format, constitution.tools)?.class,
    }))
    const writes = classed.find((each) => each.class === 'write')
    const runs = classed.find((each) => each.class === 'execute')
    if (!writes || !runs) return []
    const asked = description.replace(/\bproactively\b\s*/i, '')
    return [
      finding(proactiveRisk, definition, {
        message: `It may start unasked, write (${shown([writes.name])}) and run commands (${shown([runs.name])}): high risk.`,
        at: [...invitation(definition), runs.range],
        fix: fieldFix(definition, 'Take the word out', (header) =>
          setField(header, 'description', asked),
        ),
      }),
    ]
  },
})

/** The word in the description, on whichever of its lines it stands. */
function invitation(definition: DefinitionContent): TextRange[] {
  const field = definition.fields.find(({ key }) => key === 'description')
  if (!field) return []
  const source = definition.text.slice(field.range.start, field.range.end)
  const word = /\bproactively\b/i.exec(source)
  if (!word) return [field.range]
  const start = field.range.start + word.index
  return [linesOf(definition).range(start, start + word[0].length)]
}

const areas = (...all: string[]) =>
  `## Core Competencies\n\n${all.map((area) => `- **${area}**: what there is to know`).join('\n')}`

/** Four experts for one subject give four answers; each subject has an owner (S10). */
export const competencyOwner: Rule = definitionRule({
  id: 'competency-owner',
  severity: 'note',
  principle: 'delegation',
  title: 'Who claims a subject owns it.',
  page: {
    what: 'An area of competence is a domain that the rulebook gives to another agent.',
    why: 'The host picks an agent by what it says it can do. Specialised work should go to its owner.',
    passes: governedExample({ body: areas('Berths', 'Cranes') }),
    fails: governedExample({ body: areas('Berths', 'Security of containers') }),
    fix: 'Leave the area to its owner, or say that it is secondary here.',
  },
  check: (definition, { constitution }) => {
    if (!isGoverned(definition)) return []
    return definition.claims.competencies.slice(0, 50).flatMap(({ area, line }) => {
      const words = splitWords(area)
      const domain = constitution.domains.find(({ name }) =>
        name.split('-').every((part) => words.includes(part)),
      )
      if (!domain || domain.agents.length === 0) return []
      if (definition.name !== null && domain.agents.includes(definition.name)) return []
      return [
        finding(competencyOwner, definition, {
          message: `${shown([area])} belongs to ${shown(domain.agents)}.`,
          at: [lineRange(definition, line, area)],
        }),
      ]
    })
  },
})

const EXPERIENCE =
  /\b(?:\d+\+?\s*(?:or more )?years|decades? of|senior|principal|world[- ]class|renowned|veteran|seasoned|award[- ]winning)\b/i

/** "Ten years of experience": a claim that nobody can check (S8). */
export const claimUnverifiable: Rule = definitionRule({
  id: 'claim-unverifiable',
  severity: 'note',
  principle: 'observability',
  title: 'The persona claims only what can be checked.',
  page: {
    what: 'The opening paragraph claims experience or rank.',
    why: 'It reads like a qualification and is none. People tend to trust it.',
    passes: example({ body: 'Berths are planned by draught.' }),
    fails:
      '---\nname: quay-planner\ndescription: Plans berths.\ntools: Read\n---\n\n# Quay planner\n\nYou are a harbour master with 20 years at sea.\n',
    fix: 'Say what the agent does instead of what it has been.',
  },
  check: (definition) => {
    const { persona } = definition.claims
    const words = EXPERIENCE.exec(persona?.text ?? '')?.[0]
    if (!persona || words === undefined) return []
    return [
      finding(claimUnverifiable, definition, {
        message: `The persona claims experience that nobody can check: “${shown([words])}”.`,
        at: [lineRange(definition, persona.line, words)],
      }),
    ]
  },
})

const persona = (opening: string) =>
  `---\nname: quay-planner\ndescription: Plans berths.\ntools: Read\n---\n\n# Quay planner\n\n${opening}\n\n**Department**: architecture\n**Role Type**: Design & Planning\n**Interaction Level**: Strategic\n**Constitution**: v1.0.0\n`

/** Title and opening paragraph are what a reader meets first (S7). */
export const personaMissing: Rule = definitionRule({
  id: 'persona-missing',
  severity: 'note',
  principle: 'documentation',
  title: 'The text opens with who the agent is.',
  page: {
    what: 'A governed file does not begin with a paragraph that tells the agent who it is.',
    why: 'The model takes its tone and its limits from the first sentence; so do people who approve it.',
    passes: persona('You plan berths for one harbour and nothing else.'),
    fails: persona('Berths and cranes.'),
    fix: 'Open with a sentence such as “You plan …”.',
  },
  check: (definition) => {
    const { title, persona: opening } = definition.claims
    if (opening !== null || !isConstitutional(definition) || !isGoverned(definition)) return []
    return [
      finding(personaMissing, definition, {
        message: 'The text does not open with who the agent is.',
        at: title ? [claimRange(definition, title)] : [],
      }),
    ]
  },
})

const path = (mark: string) =>
  `## Memory References\n\n- Context: \`memory/a/\`\n- Knowledge: ${mark}memory/b/${mark}`

/** Small things that make the next change larger than it is (S36). */
export const untidy: Rule = definitionRule({
  id: 'untidy',
  severity: 'note',
  principle: 'documentation',
  title: 'The file is written alike throughout.',
  page: {
    what: 'A path stands without code marks while others have them, or the file has no line end at its end.',
    why: 'The next change then shows lines that nobody meant to change.',
    passes: governedExample({ body: path('`') }),
    fails: governedExample({ body: path('') }),
    fix: 'Add what is missing; the fix does it.',
  },
  check: (definition) => {
    if (!isGoverned(definition)) return []
    const { memory } = definition.claims
    const marked = memory.some(({ code }) => code)
    const bare = marked ? memory.filter(({ code }) => !code) : []
    const said = [
      ...(bare.length === 1 ? ['one memory path stands without code marks'] : []),
      ...(bare.length > 1 ? [`${bare.length} memory paths stand without code marks`] : []),
      ...(definition.finalNewline ? [] : ['the last line has no line end']),
    ]
    if (said.length === 0) return []
    const places = bare.map((each) => lineRange(definition, each.line, each.path))
    const end = linesOf(definition).count
    return [
      finding(untidy, definition, {
        message: `${said.join('; ').replace(/^./, (first) => first.toUpperCase())}.`,
        at: definition.finalNewline ? places : [...places, lineRange(definition, end, '')],
        fix: spliceFix(definition, 'Tidy up', tidied(definition, places)),
      }),
    ]
  },
})

function tidied(definition: DefinitionContent, places: readonly { start: number; end: number }[]) {
  const { text, finalNewline, eol } = definition
  const after = [...places]
    .sort((a, b) => b.start - a.start)
    .reduce((all, { start, end }) => {
      const marked = `\`${all.slice(start, end)}\``
      return all.slice(0, start) + marked + all.slice(end)
    }, text)
  return spliceBetween(text, finalNewline ? after : after + lineBreak(eol))
}
