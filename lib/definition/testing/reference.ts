import type { Definition } from '../model'
import { parseDefinition } from '../parse'

const encoder = new TextEncoder()

/** The bytes of a text, and the definition that is read from a text. */
export function bytesOf(text: string): Uint8Array {
  return encoder.encode(text)
}
export function definitionOf(text: string, path = 'agents/ledger-keeper.md'): Definition {
  return parseDefinition(bytesOf(text), { path })
}

/** A small, sound definition: four fields and two lines of body. */
export function agentText(fields: Record<string, string> = {}): string {
  const all = {
    name: 'ledger-keeper',
    description: 'Keeps ledgers.',
    tools: 'Read, Grep',
    ...fields,
  }
  const header = Object.entries(all).map(([key, value]) => `${key}:${value && ` ${value}`}\n`)
  return `---\n${header.join('')}---\n\n# Ledger keeper\n\nKeep it balanced.\n`
}

/**
 * A definition of the governed family, with the faults that real ones have: more tools granted than
 * authorised, an empty required section, a history approved by a script and by a project phase, no
 * line end at the end. Our own words, the family's structure.
 */
export const GOVERNED = `---
name: ledger-keeper
description: Use PROACTIVELY for ledgers, postings and month ends. Knows double entry.
tools: Read, Write, Bash, MultiEdit
model: sonnet
---

# Ledger Keeper Agent

You keep the books of a small trading company.

## Core Competencies
- **Postings**: journals, corrections, reversals
- **Reports**: trial balance, month end

## Core Responsibilities



## When to Use This Agent

### Automatic Triggers
- Words such as posting, ledger or balance

## Department Classification

**Department**: finance
**Role Type**: Bookkeeping
**Interaction Level**: Tactical

## Tool Usage Policies

### Authorized Tools
Read, Grep, Glob, WebSearch, TodoWrite

### MCP Server Access
mcp__bank, mcp__archive__search

### Restricted Operations
- No posting into a closed period
- No payment without a second signature

## Sample

\`\`\`md
## Not a section
**Department**: nowhere
\`\`\`

## Update History

| Version | Date | Changes | Approved By |
|---------|------|---------|-------------|
| 1.0.0   | 2025-03-02 | First edition | make-agent.sh |
| 1.1.0   | 2025-06-30 |  | Phase 3 Rollout |

---

**Agent Version**: 1.1.0
**Created**: 2025-03-02
**Last Modified**: 2025-06-30
**Constitution**: v1.5.0 (14 Principles)
**Review Schedule**: Quarterly`
