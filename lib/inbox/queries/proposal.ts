import 'server-only'
import { and, desc, eq } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { agent, proposal, version } from '@/drizzle/schema/agents'
import { approval } from '@/drizzle/schema/approvals'
import { person } from '@/drizzle/schema/people'
import { checkOf } from '@/lib/agents/queries/check'
import { bytesOf } from '@/lib/agents/queries/lock'
import { plainItem, ruleFor } from '@/lib/approvals/rules'
import { RULES } from '@/lib/constitution/check'
import { approvalRules, CHECKER_VERSION, type Finding } from '@/lib/constitution/model'
import { currentRulebook } from '@/lib/constitution/queries'
import { notFound } from '@/lib/core/errors'
import { scanText } from '@/lib/core/text-safety'
import type { Tx } from '@/lib/db/transaction'
import { diffText } from '@/lib/definition/diff'
import type { CapabilityChange } from '@/lib/definition/model'
import { parseDefinition } from '@/lib/definition/parse'
import type { ItemFinding, ProposalSubject, Standing } from '../model'
import type { ItemHead, SubjectReading } from './item'

const author = alias(person, 'author')
const base = alias(version, 'base')

/**
 * A proposal as it is put before people: what changes, what the checker says of the proposed bytes,
 * and the text against the version it started from. Index: proposal_approval.
 */
export async function proposalSubject(tx: Tx, head: ItemHead): Promise<SubjectReading> {
  const row = await readProposal(tx, head.subjectId)
  const after = await bytesOf(tx, row.digest)
  const before = row.baseDigest === null ? null : await bytesOf(tx, row.baseDigest)
  const successor = head.state === 'dismissed' ? await successorOf(tx, head) : null
  const barred = new Map<string, Standing['barred']>([
    [row.lastEditorId, 'last editor'],
    [row.authorId, 'author'],
  ])
  return { build: () => build(head, { ...row, before, after, successor }), barred }
}

async function readProposal(tx: Tx, id: string) {
  const [row] = await tx
    .select({
      number: proposal.number,
      message: proposal.message,
      version: proposal.version,
      digest: proposal.digest,
      baseDigest: proposal.baseDigest,
      baseNumber: base.number,
      baseVersionId: proposal.baseVersionId,
      liveVersionId: agent.liveVersionId,
      fileName: agent.fileName,
      departmentId: agent.departmentId,
      change: proposal.change,
      authorId: proposal.authorId,
      author: author.name,
      lastEditorId: proposal.lastEditorId,
      state: proposal.state,
    })
    .from(proposal)
    .innerJoin(agent, eq(agent.id, proposal.agentId))
    .innerJoin(author, eq(author.id, proposal.authorId))
    .leftJoin(base, eq(base.id, proposal.baseVersionId))
    .where(eq(proposal.id, id))
  return row ?? notFound('This proposal')
}

/** The item that now stands for the agent's draft, when an edit dismissed this one. */
async function successorOf(
  tx: Tx,
  head: ItemHead,
): Promise<{ id: string; bytes: Uint8Array } | null> {
  if (head.agentId === null) return null
  const [row] = await tx
    .select({ id: approval.id, digest: approval.digest })
    .from(approval)
    .where(
      and(
        eq(approval.agentId, head.agentId),
        eq(approval.kind, 'proposal'),
        eq(approval.state, 'open'),
      ),
    )
    .orderBy(desc(approval.openedAt))
    .limit(1)
  return row ? { id: row.id, bytes: await bytesOf(tx, row.digest) } : null
}

type Stored = Awaited<ReturnType<typeof readProposal>> & {
  before: Uint8Array | null
  after: Uint8Array
  successor: Awaited<ReturnType<typeof successorOf>>
}

async function build(head: ItemHead, row: Stored): Promise<ProposalSubject> {
  const checked = await checkOf(row.digest, row)
  const findings = checked?.findings ?? []
  const rulebook = await currentRulebook()
  const { content, hash } = rulebook
  const text = textOf(row.after, row.fileName)
  const change = row.change as CapabilityChange
  return {
    kind: 'proposal',
    number: row.number,
    author: { id: row.authorId, name: row.author },
    message: row.message,
    base:
      row.baseNumber === null || row.baseDigest === null
        ? null
        : { number: row.baseNumber, digest: row.baseDigest },
    version: row.version,
    fileName: row.fileName,
    change,
    quorumBefore:
      change.tierBefore === null
        ? null
        : ruleFor(approvalRules(rulebook), plainItem('proposal', change.tierBefore)).quorum,
    findings: findings.map(findingOf),
    passed: RULES.length - new Set(findings.map((finding) => finding.rule)).size,
    constitution: { label: content.label, hash },
    checker: CHECKER_VERSION,
    diff: diffText(row.before === null ? '' : textOf(row.before, row.fileName), text),
    hidden: scanText(text).length,
    outdated: head.state === 'open' && row.baseVersionId !== row.liveVersionId,
    successor: row.successor?.id ?? null,
    since:
      row.successor === null ? null : diffText(text, textOf(row.successor.bytes, row.fileName)),
  }
}

function textOf(bytes: Uint8Array, path: string): string {
  return parseDefinition(bytes, { path }).text
}

function findingOf(finding: Finding): ItemFinding {
  return {
    rule: finding.rule,
    severity: finding.severity,
    message: finding.message,
    line: finding.range?.line ?? finding.lines[0]?.line ?? null,
  }
}
