import { describe, expect, test } from 'vitest'
import { checkDefinition } from '@/lib/constitution/check'
import { DEFAULT_CONTEXT } from '@/lib/constitution/default-constitution'
import { capabilitiesOf } from '@/lib/definition/capabilities'
import { readDefinition } from '@/lib/definition/read'
import { replaceSection } from '@/lib/definition/section-edits'
import { applySplice } from '@/lib/definition/splice'
import { draftFor, sectionAt, settleDraft, unconfirmedIn } from './section-help'

const read = (text: string) =>
  readDefinition(new TextEncoder().encode(text), { path: 'quay-planner.md' })
const source = (eol = '\n') =>
  [
    '---',
    'name: quay-planner',
    'description: Plans berths -- and cranes --> daily. Use when a ship is late.',
    'tools: Read, Bash',
    '---',
    '',
    '# Quay planner',
    '',
    '## Core Responsibilities',
    '',
    '## Approach',
    '',
    '- Ask for the tide first',
    '',
  ].join(eol)
const isEmpty = (text: string) =>
  checkDefinition(read(text), DEFAULT_CONTEXT).some((one) => one.rule === 'section-empty')

function offered(text: string) {
  const content = read(text)
  const section = content.sections.find((one) => one.title === 'Core Responsibilities')
  const draft = draftFor('Core Responsibilities', content, capabilitiesOf(content))
  if (!section || draft === null) throw new Error('nothing was offered')
  const edited = replaceSection(content, section, draft)
  if (!edited.ok) throw new Error(edited.reason)
  return new TextDecoder().decode(edited.bytes)
}

describe('a draft for an empty section', () => {
  test.each([['\n'], ['\r\n']])(
    'does not clear the finding until a person confirms it (%j)',
    (eol) => {
      const text = offered(source(eol))
      expect(text).toContain('Ask for the tide first')
      expect(isEmpty(text), 'unconfirmed').toBe(true)
      const [draft] = unconfirmedIn(text)
      if (!draft) throw new Error('not found again')
      expect(isEmpty(applySplice(text, settleDraft(draft, 'confirm'))), 'confirmed').toBe(false)
      expect(isEmpty(applySplice(text, settleDraft(draft, 'remove'))), 'removed').toBe(true)
    },
  )

  test('words of the file cannot end the comment that holds them', () => {
    const text = offered(source().replace('- Ask for the tide first', ''))
    expect(isEmpty(text)).toBe(true)
    expect(unconfirmedIn(text)).toHaveLength(1)
  })

  test('is built from what is there, and not offered where nothing is', () => {
    const content = read(source())
    expect(draftFor('Authorized Tools', content, capabilitiesOf(content))).toContain('Read, Bash')
    expect(draftFor('Restricted Operations', content, capabilitiesOf(content))).toContain('Git')
    expect(draftFor('Anything else', content, capabilitiesOf(content))).toBeNull()
  })
})

test('a line belongs to the innermost section', () => {
  const { sections } = read(source())
  const titleAt = (line: number) => sections[sectionAt(sections, line)]?.title ?? null
  expect([3, 7, 9, 13].map(titleAt)).toEqual([
    null,
    'Quay planner',
    'Core Responsibilities',
    'Approach',
  ])
})
