import { plainTitle } from '@/lib/definition/claims'
import type { Capabilities, DefinitionContent, Section, Splice } from '@/lib/definition/model'

/** Help with a section: what belongs there, and a draft that counts only once a person confirmed it. */

const BELONGS: Record<string, string> = {
  'core responsibilities':
    'What it is answerable for, one line per duty, each something that a reviewer can check.',
  'authorized tools':
    'The tools it may use, by name and separated by commas: the same ones that the front matter grants.',
  'restricted operations':
    'What it never does, or only after a person said yes. One line each, so that a run can be held against it.',
}

/** What a section is for, in a sentence. */
export function belongsIn(title: string): string {
  return (
    BELONGS[plainTitle(title)] ??
    'The constitution asks for this section. Say in a few lines what holds for this agent and for no other.'
  )
}

/** The section that a line is in: the innermost one; -1 above the first heading. */
export function sectionAt(sections: readonly Section[], line: number): number {
  return sections.findLastIndex((one) => one.range.line <= line && line <= one.range.endLine)
}

/** The first words of a comment that holds a draft; a comment says nothing, so the section stays empty. */
const OPENING = '<!-- unconfirmed draft: confirm it in the editor, or delete it'
const UNCONFIRMED = /<!-- unconfirmed draft[^\r\n]*(?:\r\n|\n|\r)([\s\S]*?)(?:\r\n|\n|\r)-->/g
const MOST_POINTS = 6

type Build = (content: DefinitionContent, capabilities: Capabilities) => string[]
const builders: Partial<Record<string, Build>> = {
  'core responsibilities': (content) => duties(content),
  'authorized tools': (content) => tools(content),
  'restricted operations': (_, capabilities) => limits(capabilities),
}

/** A draft for an empty section, from what the rest of the text says; null when it says too little. */
export function draftFor(
  title: string,
  content: DefinitionContent,
  capabilities: Capabilities,
): string | null {
  const build = builders[plainTitle(title)]
  const lines = build?.(content, capabilities)
  return lines === undefined || lines.length === 0 ? null : unconfirmed(lines.join('\n'))
}

function unconfirmed(text: string): string {
  // The text came from the file; it must not end the comment that keeps it from counting.
  return `${OPENING}\n${text.replaceAll('--', '- -').replaceAll('>', '›')}\n-->`
}

function duties(content: DefinitionContent): string[] {
  const areas = content.claims.competencies
    .slice(0, MOST_POINTS)
    .map(
      ({ area, items }) => `- ${[area, items.slice(0, 4).join(', ')].filter(Boolean).join(': ')}`,
    )
  const approach = content.sections.find((one) => /\bapproach\b/.test(plainTitle(one.title)))
  const points = approach ? listIn(content, approach) : []
  const said = [...areas, ...points].slice(0, MOST_POINTS)
  return said.length > 0 ? said : sentences(content.description ?? '')
}

function listIn(content: DefinitionContent, section: Section): string[] {
  const text = content.text.slice(section.contentRange.start, section.contentRange.end)
  return [...text.matchAll(/^[ \t]*(?:[-*+]|\d+[.)])[ \t]+(\S.*)$/gm)].map(
    (found) => `- ${found[1]}`,
  )
}

function sentences(description: string): string[] {
  return description
    .split(/(?<=[.!?])\s+/)
    .map((one) => one.trim())
    .filter((one) => one.length > 0 && !/^(?:use|examples?)\b/i.test(one))
    .slice(0, 3)
    .map((one) => `- ${one.replace(/[.!?]$/, '')}`)
}

function tools(content: DefinitionContent): string[] {
  const names = [...new Set(content.tools.names)]
  return content.tools.inheritsAll || names.length === 0 ? [] : [names.join(', ')]
}

function limits({ tools: granted, inheritsAll }: Capabilities): string[] {
  const has = (kind: string) => inheritsAll || granted.some((tool) => tool.class === kind)
  return [
    has('write')
      ? '- No file outside the task is changed without a yes from a person'
      : '- Changes no file',
    has('execute') ? '- No Git command without a yes from a person' : '- Runs no command',
    has('outbound') ? '- Nothing from the workspace is sent out' : '- Reaches nothing outside',
    ...(has('delegate') ? ['- Starts no agent with more power than its own'] : []),
  ]
}

/** A draft in the text that nobody confirmed yet. */
export type Unconfirmed = { start: number; end: number; endLine: number; text: string }

export function unconfirmedIn(text: string): Unconfirmed[] {
  if (!text.includes('<!-- unconfirmed draft')) return []
  return [...text.matchAll(UNCONFIRMED)].map((found) => {
    const end = found.index + found[0].length
    const endLine = text.slice(0, end).split(/\r\n|\n|\r/).length
    return { start: found.index, end, endLine, text: found[1] ?? '' }
  })
}

/** Takes the marks away, so that the words count; or the whole draft. */
export function settleDraft(draft: Unconfirmed, how: 'confirm' | 'remove'): Splice {
  return { start: draft.start, end: draft.end, text: how === 'confirm' ? draft.text : '' }
}
