import { isSlug } from '@/lib/core/ids'
import { claimRange, finding, lineRange, shown, spliceFix } from '../evidence'
import type { Rule } from '../model'
import { definitionRule, example } from './make'

/** Of two documents with almost the same name only one is current (S27, drift D13). */
const SUPERSEDED = 'agent-collaboration.md'
const CURRENT = 'agent-collaboration-triggers.md'
const automatic = (document: string) =>
  `### Automatic Triggers\n\n- Words of the harbour (see \`governance/${document}\`)`

export const triggerReference: Rule = definitionRule({
  id: 'trigger-reference',
  severity: 'warning',
  principle: 'documentation',
  title: 'The trigger document that is cited is the current one.',
  page: {
    what: 'The text refers to the older of two trigger documents.',
    why: 'Both exist and their words differ, so the agent is called for other requests than its text says.',
    passes: example({ body: automatic(CURRENT) }),
    fails: example({ body: automatic(SUPERSEDED) }),
    fix: 'Refer to the current document; the fix does it.',
  },
  check: (definition) => {
    const items = definition.claims.automaticTriggers?.items ?? []
    return items.slice(0, 20).flatMap(({ text, line }) => {
      const old = /(?:^|[\s/(`"'])(agent-collaboration\.md)\b/.exec(text)?.[1]
      if (old === undefined) return []
      const place = lineRange(definition, line, old)
      const exact = definition.text.slice(place.start, place.end) === old
      return [
        finding(triggerReference, definition, {
          message: `It refers to ${old}, which ${CURRENT} has replaced.`,
          at: [place],
          fix: exact
            ? spliceFix(definition, `Refer to ${CURRENT}`, { ...spanOf(place), text: CURRENT })
            : {},
        }),
      ]
    })
  },
})

const manual = (name: string) =>
  `### Manual Invocation\n\n- "Use the ${name} agent to move a berth"`
const CALLED =
  /\b(?:use|have|ask|let|call|invoke)\s+(?:the\s+)?[`"“]?([a-z0-9]+(?:-[a-z0-9]+)+)[`"”]?\s+(?:agent\b|handle\b|to\b)/i

/** The phrases by which people call it name it (S28). */
export const invocationName: Rule = definitionRule({
  id: 'invocation-name',
  severity: 'warning',
  principle: 'delegation',
  title: 'The phrases that call the agent use its name.',
  page: {
    what: 'A phrase for manual invocation names another agent.',
    why: 'After a rename or a copy the old phrase calls somebody else, or nobody.',
    passes: example({ body: manual('quay-planner') }),
    fails: example({ body: manual('tide-reader') }),
    fix: 'Use the agent’s own name; the fix does it.',
  },
  check: (definition) => {
    const { name, claims } = definition
    if (name === null || !isSlug(name)) return []
    return (claims.manualInvocation?.items ?? []).slice(0, 20).flatMap((item) => {
      const called = CALLED.exec(item.text)?.[1]
      if (called === undefined || called.toLowerCase() === name) return []
      const place = lineRange(definition, item.line, called)
      const exact = definition.text.slice(place.start, place.end) === called
      return [
        finding(invocationName, definition, {
          message: `The phrase calls ${shown([called])}; the agent is ${name}.`,
          at: [exact ? place : claimRange(definition, item)],
          fix: exact
            ? spliceFix(definition, `Write ${name}`, { ...spanOf(place), text: name })
            : {},
        }),
      ]
    })
  },
})

const spanOf = ({ start, end }: { start: number; end: number }) => ({ start, end })
