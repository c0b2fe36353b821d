import { describe, expect, it } from 'vitest'
import { parseDefinition } from '@/lib/definition/parse'
import { bytesOf } from '@/lib/definition/testing/reference'
import { DEFAULT_CONSTITUTION, DEFAULT_CONTEXT } from '../default-constitution'
import type { RuleContext } from '../model'
import { RULES } from '.'

/** Where a page says "where the team keeps a list": the context in which its examples are checked. */
const CONTEXTS: Record<string, RuleContext> = {
  'mcp-unresolved': {
    ...DEFAULT_CONTEXT,
    constitution: {
      ...DEFAULT_CONSTITUTION,
      mcpServers: [
        { name: 'tide-tables', class: 'read', risk: 'low', meaning: 'reads tides', tools: null },
      ],
    },
  },
}

describe('the page of each rule', () => {
  it.each(RULES.map((rule) => [rule.id, rule] as const))('%s', (id, rule) => {
    const context = CONTEXTS[id] ?? DEFAULT_CONTEXT
    const check = (text: string) => {
      // Written as Latin-1, an umlaut is no UTF-8: the one example that is about bytes.
      const bytes =
        id === 'not-utf-8' ? Uint8Array.from(text, (letter) => letter.charCodeAt(0)) : bytesOf(text)
      const definition = parseDefinition(bytes, { path: 'agents/quay-planner.md' })
      return rule.check(definition, context).map((finding) => finding.rule)
    }
    expect(check(rule.page.fails)).toContain(id)
    expect(check(rule.page.passes)).toEqual([])
    for (const words of [rule.page.what, rule.page.why, rule.page.fix]) {
      expect(words).toMatch(/^[A-Z“].*[.”]$/s)
    }
  })

  it('names each rule once, with a title and a principle of the constitution', () => {
    const slugs = DEFAULT_CONSTITUTION.principles.map((principle) => principle.slug)
    expect(new Set(RULES.map((rule) => rule.id)).size).toBe(RULES.length)
    for (const rule of RULES) {
      expect(rule.id).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/)
      expect(rule.title).toMatch(/^[A-Z].*\.$/)
      if (rule.principle) expect(slugs).toContain(rule.principle)
    }
  })
})
