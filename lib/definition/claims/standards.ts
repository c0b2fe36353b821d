import { type Body, type Leaf, labelsOf, partOf, readable, textOf } from './leaves'
import type { AuditClaim, EscalationLevel, Target } from './model'
import { tableRows } from './tables'

const ESCALATION = /^escalation(?: procedures?| levels?| paths?| protocol)?$/

/** Levels of escalation from labelled items or from a table (S68). */
export function escalationOf(body: Body): EscalationLevel[] {
  const part = partOf(body, ESCALATION)
  if (part === null) return []
  const { contentRange } = part.section
  const rows = tableRows(body.lines, contentRange, /^(?:level|severity)$/)
  if (rows.length > 0) {
    return rows.map(({ cell, line }) => {
      const action = cell(/^(?:actions?|response|procedure|what happens)$/)
      const to = cell(/^(?:recipients?|to|to whom|contact|who|notify|escalate to)$/)
      const read = levelOf(cell(/^(?:level|severity)$/), action, line)
      return {
        ...read,
        recipients: to === '' ? read.recipients : named(to.split(/,|\band\b/)),
        channel: cell(/^(?:channel|via|how)$/) || read.channel,
        timeLimit: cell(/^(?:time limit|time|within|deadline|response time)$/) || read.timeLimit,
      }
    })
  }
  return labelsOf(
    part.leaves.filter((leaf) => leaf.inList),
    body.lines,
  ).map(({ key, claim }) => levelOf(key, claim.text, claim.line))
}

function levelOf(label: string, action: string, line: number): EscalationLevel {
  const level = label
    .toLowerCase()
    .replace(/\s*(?:level\s+)?(?:issues?|problems?|errors?|incidents?)$/, '')
    .trim()
  return {
    level,
    action,
    recipients: recipientsIn(action),
    channel: CHANNEL.exec(action)?.[1] ?? null,
    timeLimit: WITHIN.exec(action)?.[1]?.trim() ?? null,
    line,
  }
}

const CHANNEL =
  /\b(?:via|by|through|over|in|on)\s+(?:the\s+|an?\s+)?(e-?mail|slack|teams|phone|pager|sms|chat|inbox|#[\w-]+)/i
const WITHIN =
  /\b(?:within|in under|no later than)\s+((?:\d+(?:\.\d+)?|an?|one|two|four)\s*(?:s|sec(?:ond)?s?|m|min(?:ute)?s?|h|hours?|(?:working |business )?days?)\b)/i
const RECIPIENT =
  /\b(?:alert|notify|inform|contact|page|call|tell|ask|escalate to|report to|hand over to)\s+(?:the\s+|an?\s+)?([^,;.]+?)(?=\s+(?:via|by|through|within|in|on|over|if|when|for|before|until|immediately|at once)\b|[,;.]|$)/gi
/** Words that name nobody in particular. */
const NOBODY =
  /^(?:users?|person|people|someone|somebody|anyone|humans?|team|help|guidance|assistance|support|it|them|all|relevant.*|appropriate.*|everyone)$/i
const ADDRESS = /[\w.+-]+@[\w-]+(?:\.[\w-]+)+|(?:^|\s)@[\w-]+/g

function recipientsIn(action: string): string[] {
  const said = [...action.matchAll(RECIPIENT)].flatMap((match) =>
    (match[1] ?? '').split(/\band\b|\bor\b/),
  )
  return named([...said, ...(action.match(ADDRESS) ?? [])])
}

function named(words: readonly string[]): string[] {
  const names = words
    .map((word) => word.trim().replace(/^(?:the|an?)\s+/i, ''))
    .filter((word) => word !== '' && !NOBODY.test(word) && !/^(?:wait|stop|log)\b/i.test(word))
  return [...new Set(names)]
}

/** "Simple queries: < 2s", "Accuracy target: > 95%" (S69, S71). */
export function targetsOf(body: Body, title: RegExp): Target[] {
  const part = partOf(body, title)
  if (part === null) return []
  const rows = tableRows(body.lines, part.section.contentRange, /^targets?$/)
  if (rows.length > 0) {
    return rows.map(({ cell, line }) => {
      const value = cell(/^targets?$/)
      const label = cell(/^(?:metric|class|operation|type|name|query|kind)/)
      return { label, text: `${label}: ${value}`, line, ...measureOf(value) }
    })
  }
  return part.leaves.filter((leaf) => leaf.inList).flatMap((leaf): Target[] => targetOf(body, leaf))
}

function targetOf({ lines }: Body, leaf: Leaf): Target[] {
  const claim = textOf(leaf, lines)
  const cut = /^(.{1,80}?)\s*:\s*(.+)$/.exec(claim.text)
  if (!cut?.[1] || !cut[2]) return []
  return [{ ...claim, label: cut[1], ...measureOf(cut[2]) }]
}

const COMPARED: [RegExp, Target['comparator']][] = [
  [/^(?:≤|<=|at most|up to|no more than|max(?:imum)?)\s*/i, '<='],
  [/^(?:≥|>=|at least|min(?:imum)?)\s*/i, '>='],
  [/^(?:<|under|below|less than|within)\s*/i, '<'],
  [/^(?:>|over|above|more than)\s*/i, '>'],
  [/^=\s*/, '='],
]

function measureOf(text: string): Pick<Target, 'comparator' | 'value' | 'unit'> {
  const found = COMPARED.find(([pattern]) => pattern.test(text))
  const rest = found ? text.replace(found[0], '') : text
  const number = /^(\d+(?:\.\d+)?)\s*(%|\/\s*\d+|[a-zµ]+)?/i.exec(rest)
  if (!number?.[1]) return { comparator: null, value: null, unit: null }
  return {
    comparator: found?.[1] ?? '=',
    value: Number(number[1]),
    unit: number[2]?.replace(/\s/g, '') ?? null,
  }
}

/** What must be logged, and for which operations (S73 to S78). */
export function auditOf(body: Body): AuditClaim | null {
  const part = partOf(body, /^audit(?: requirements?| trail| logging)?$/)
  if (part === null) return null
  const { section, leaves } = part
  const scope = leaves.find((leaf) => !leaf.inList && /:\s*$/.test(readable(leaf.text)))
  return {
    scope: scope ? textOf(scope, body.lines) : null,
    fields: leaves.filter((leaf) => leaf.inList).map((leaf) => textOf(leaf, body.lines)),
    range: section.contentRange,
    line: section.line,
  }
}
