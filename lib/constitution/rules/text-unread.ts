import { evidence } from '../evidence'
import type { Rule } from '../model'
import { definitionRule, example } from './make'

/**
 * Part of the text could not be read as its author meant it, so the rules about sections say
 * nothing: silence must not pass for a clean result.
 */
export const textUnread: Rule = definitionRule({
  id: 'text-unread',
  severity: 'error',
  principle: 'input-output',
  title: 'The whole text can be read and checked.',
  page: {
    what: 'A code fence is never closed, or the text is nested beyond reading.',
    why: 'Everything below counts as code, so no rule about sections can say anything.',
    passes: example(),
    fails: example({ body: '```\nplan' }),
    fix: 'Close the fence.',
  },
  check: (definition) =>
    definition.diagnostics
      .filter(({ code }) => code === 'body-too-nested' || code === 'code-fence-unclosed')
      .map(({ code, message, range }) => ({
        rule: 'text-unread',
        severity: code === 'body-too-nested' ? ('error' as const) : ('warning' as const),
        principle: 'input-output',
        message,
        lines: range ? evidence(definition, [range]) : [],
        ...(range ? { range } : {}),
      })),
})
