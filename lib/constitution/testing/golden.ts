import { DEFAULT_CONSTITUTION } from '../default-constitution'
import type { ConstitutionContent, FindingSeverity, RuleContext } from '../model'

const models = (uses: Record<string, ConstitutionContent['models'][number]['use']>) =>
  DEFAULT_CONSTITUTION.models.map((model) => ({ ...model, use: uses[model.name] ?? model.use }))

/** Fourteen principles; Sonnet is the usual model (requirements 2.5). */
const EARLIER: ConstitutionContent = {
  ...DEFAULT_CONSTITUTION,
  label: '1.5.0',
  models: models({ sonnet: 'default', opus: 'reason' }),
  mcpServers: [],
}
/** A fifteenth principle, another one reworded, and Opus as the usual model. */
const CURRENT: ConstitutionContent = {
  ...EARLIER,
  label: '1.6.0',
  models: models({ opus: 'default', sonnet: 'reason', haiku: 'reason' }),
  principles: [
    ...EARLIER.principles.map((principle) =>
      principle.slug === 'model-selection'
        ? { ...principle, text: `${principle.text} The strongest model is the usual one.` }
        : principle,
    ),
    {
      slug: 'file-organisation',
      title: 'File organisation',
      group: 'workflow',
      critical: false,
      severity: 'warning',
      text: 'Look before a file is made; prefer the one that exists.',
    },
  ],
}

/** Both versions registered, no MCP server configured, an agent of architecture (requirements 1.18). */
export const GOLDEN_CONTEXT: RuleContext = {
  constitution: CURRENT,
  earlier: [EARLIER],
  department: 'architecture',
}

export type Expected = {
  id: string
  severity: FindingSeverity
  rule: string
  count: number
  title: string
  /** Words of the message, where a rule reports more than one thing. */
  about?: RegExp
}
const expected = (
  [id, rule]: readonly [string, string],
  severity: FindingSeverity,
  title: string,
  { count = 1, about }: { count?: number; about?: RegExp } = {},
): Expected => ({ id, rule, severity, title, count, ...(about ? { about } : {}) })

/** What importing the reference definition reports, and nothing else. */
export const GOLDEN: readonly Expected[] = [
  expected(['GF1', 'tools-match-text'], 'error', 'granted, not authorised', {
    about: /Write, Bash, MultiEdit\.$/,
  }),
  expected(['GF2', 'tools-match-text'], 'warning', 'authorised, not granted', {
    about: /Grep, Glob, WebSearch, TodoWrite\.$/,
  }),
  expected(['GF3', 'tools-department'], 'error', 'forbidden in the department', {
    about: /may not hold Write, MultiEdit\.$/,
  }),
  expected(['GF4', 'tools-department'], 'warning', 'conditional, no reason', {
    about: /may hold Bash only/,
  }),
  expected(['GF5', 'section-empty'], 'error', 'required section empty'),
  expected(['GF6', 'history-approver'], 'error', 'approver is no person', { count: 2 }),
  expected(['GF7', 'constitution-outdated'], 'warning', 'older constitution cited', {
    about:
      /1\.5\.0; 1\.6\.0 is in force\. Missing: File organisation\. Reworded since: Chosen models\.$/,
  }),
  expected(['GF8', 'model-policy'], 'warning', 'model deviates without reason', {
    about: /default under 1\.5\.0/,
  }),
  expected(['GF9', 'mcp-unresolved'], 'warning', 'MCP not configured', { count: 4 }),
  expected(['GF10', 'handoff-placeholder'], 'warning', 'handover is a placeholder', { count: 2 }),
  expected(['GF11', 'section-filler'], 'warning', 'filler', { count: 6 }),
  expected(['GF12', 'memory-kinds'], 'warning', 'kinds of memory undeclared', {
    about: /decisions and performance/,
  }),
  expected(['GF13', 'review-undated'], 'warning', 'review without a date', { about: /2026-02-07/ }),
  expected(['GF14', 'targets-unmeasured'], 'warning', 'targets without measurement'),
  expected(['GF15', 'escalation-incomplete'], 'warning', 'escalation incomplete', {
    about: /major, critical .*recipient, channel, time limit/,
  }),
  expected(['GF16', 'proactive-risk'], 'warning', 'proactive, writes, runs commands'),
  expected(['GF17', 'competency-owner'], 'note', 'area of another agent', { count: 4 }),
  expected(['GF18', 'claim-unverifiable'], 'note', 'experience claimed'),
  expected(['GF19', 'untidy'], 'note', 'path without code marks; no line end', {
    about: /^One memory path .*; the last line/,
  }),
]
