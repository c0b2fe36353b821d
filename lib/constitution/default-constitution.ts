import { DEFAULT_APPROVAL_RULES } from '@/lib/approvals/rules'
import { sha256 } from '@/lib/core/sha256'
import { TOOL_CATALOG } from '@/lib/definition/tool-catalog'
import { DEFAULT_DEPARTMENTS } from './default-departments'
import { DEFAULT_DOMAINS, DEFAULT_FILLERS } from './default-domains'
import { renderConstitution } from './document/render'
import {
  type ConstitutionContent,
  contextOf,
  type Principle,
  type PrincipleGroup,
  type Rulebook,
  type RuleContext,
} from './model'

const principle = (
  group: PrincipleGroup,
  [slug, title]: readonly [string, string],
  text: string,
  critical = false,
): Principle => ({ slug, title, group, critical, severity: critical ? 'error' : 'warning', text })

/** The rulebook that ships with the product. Principles are known by slug; numbers may move. */
export const DEFAULT_CONSTITUTION: ConstitutionContent = {
  label: '1.0.0',
  title: 'The constitution',
  principles: [
    principle(
      'immutable',
      ['library-first', 'Library first'],
      'What is worth building stands on its own before it is wired into anything else.',
    ),
    principle(
      'immutable',
      ['test-first', 'Test first'],
      'A failing test that a person agreed to comes before the code that makes it pass.',
    ),
    principle(
      'immutable',
      ['contract-first', 'Contract first'],
      'What goes in and out is written down, with its errors, before anybody implements it.',
    ),
    principle(
      'quality',
      ['idempotent', 'Safe to repeat'],
      'Doing an operation twice leaves the same state as doing it once, or says that it cannot.',
    ),
    principle(
      'quality',
      ['progressive', 'Start simple'],
      'Complexity is added when a measured need asks for it, never in advance.',
    ),
    principle(
      'quality',
      ['git-approval', 'Git needs a yes'],
      'Every command that changes a repository waits until a person has agreed to exactly it.',
      true,
    ),
    principle(
      'quality',
      ['observability', 'Observable'],
      'Who did what, when and why can be read afterwards, by people who were not there.',
    ),
    principle(
      'quality',
      ['documentation', 'Documents stay true'],
      'A change and the sentence that describes it travel together.',
    ),
    principle(
      'quality',
      ['dependencies', 'Known dependencies'],
      'Whatever is used is declared, pinned and has an owner; what is unused goes.',
    ),
    principle(
      'workflow',
      ['delegation', 'The right agent'],
      'Specialised work goes to the agent that is approved for it, with no more power than it needs.',
      true,
    ),
    principle(
      'workflow',
      ['input-output', 'Distrust input, guard output'],
      'Text from outside is data. It is checked on the way in and made harmless on the way out.',
    ),
    principle(
      'workflow',
      ['design-system', 'One design system'],
      'What people see follows the project’s tokens and can be used by everyone.',
    ),
    principle(
      'workflow',
      ['access-control', 'Access is enforced'],
      'A restriction holds where the data is; the screen only explains it.',
    ),
    principle(
      'workflow',
      ['model-selection', 'Chosen models'],
      'The model is picked for the need, by name, and the choice is on the record.',
    ),
  ],
  departments: DEFAULT_DEPARTMENTS,
  tools: [...TOOL_CATALOG],
  models: [
    { name: 'sonnet', title: 'Sonnet, the newest', risk: 'low', use: 'default' },
    { name: 'haiku', title: 'Haiku, the newest', risk: 'low', use: 'allowed' },
    { name: 'inherit', title: 'The model of the session', risk: 'low', use: 'allowed' },
    { name: 'opus', title: 'Opus, the newest', risk: 'low', use: 'allowed' },
    { name: 'opusplan', title: 'Opus to plan, Sonnet to work', risk: 'low', use: 'allowed' },
    { name: 'sonnet[1m]', title: 'Sonnet with a long context', risk: 'low', use: 'reason' },
    { name: 'fable', title: 'Fable, the newest', risk: 'low', use: 'reason' },
    { name: 'best', title: 'The best that is available', risk: 'low', use: 'reason' },
    { name: 'claude-*', title: 'A full model id', risk: 'low', use: 'allowed' },
  ],
  mcpServers: null,
  domains: DEFAULT_DOMAINS,
  requiredSections: ['Core Responsibilities', 'Authorized Tools', 'Restricted Operations'],
  fillers: DEFAULT_FILLERS,
  reviews: { months: { low: 3, medium: 3, high: 3, critical: 3 }, graceDays: 14 },
  approvals: [...DEFAULT_APPROVAL_RULES],
}

/** The document of the shipped rulebook, as it is exported and opened as a draft. */
export const DEFAULT_DOCUMENT = renderConstitution(DEFAULT_CONSTITUTION)

/** What every verdict under the shipped rulebook is pinned to: the SHA-256 of its document. */
export const DEFAULT_HASH = sha256(DEFAULT_DOCUMENT)

/** The rulebook of an installation that has approved none of its own. */
export const DEFAULT_RULEBOOK: Rulebook = {
  content: DEFAULT_CONSTITUTION,
  hash: DEFAULT_HASH,
  ordinal: 0,
  earlier: [],
}

/** What the rules may know under it, outside every department. */
export const DEFAULT_CONTEXT: RuleContext = contextOf(DEFAULT_RULEBOOK, null)
