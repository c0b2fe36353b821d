/** Definitions for tests, in the structure of the reference family, in our own words. */

type Parts = {
  name?: string
  description?: string
  tools?: string
  model?: string
  authorised?: string
  responsibilities?: string
  history?: string
}

/** A definition of the family without any error; each part can be changed. */
export function aDefinition(parts: Parts = {}): string {
  const name = parts.name ?? 'ledger-keeper'
  return `---
name: ${name}
description: ${parts.description ?? 'Keeps the booking ledger tidy. Use for postings and their checks.'}
tools: ${parts.tools ?? 'Read, Grep, Bash'}
model: ${parts.model ?? 'sonnet'}
---

# ${name}

Looks after one ledger and says what it did.

## Core Responsibilities

${parts.responsibilities ?? '- Post entries once\n- Explain every difference'}

## Tool Usage Policies

### Authorized Tools
${parts.authorised ?? 'Read, Grep, Bash'}

### Restricted Operations
- Nothing leaves the workspace without a yes
${parts.history ?? ''}`
}

/** A history table as imported files claim one. */
export const CLAIMED_HISTORY = `
## Update History

| Version | Date | Change | Approved By |
| --- | --- | --- | --- |
| 1.0.0 | 2026-01-10 | First cut | make-agent.sh |
| 1.4.0 | 2026-03-02 | Learned to reconcile | Lena Brandt |
`

export function base64(text: string): string {
  return Buffer.from(text, 'utf8').toString('base64')
}
