import { Badge } from '@/components/ui/badge'
import { Time } from '@/components/ui/time'
import type { Clock } from '@/components/ui/time-words'
import type { LineStop } from '@/components/ui/version-line'
import type { AgentPage, PendingChange } from '@/lib/agents/queries/page'
import type { VersionRow } from '@/lib/agents/queries/versions'
import { daysBetween, localDate } from '@/lib/core/time'
import { calendarWords } from '../marks'

/** "widens: Bash; narrows: Write, Edit"; "prose only" when no capability moves. */
export function changeWords({ change }: PendingChange): string {
  const names = (direction: 'widens' | 'narrows') =>
    change.rows.filter((row) => row.direction === direction).map((row) => row.name)
  const told = (['widens', 'narrows'] as const).flatMap((direction) => {
    const found = names(direction)
    return found.length > 0 ? [`${direction}: ${found.join(', ')}`] : []
  })
  if (told.length > 0) return told.join('; ')
  if (change.rows.some((row) => row.name === 'model')) return 'another model'
  return change.direction === 'none' ? 'no change yet' : 'prose only'
}

function versionStop(version: VersionRow, live: string | null, clock: Clock): LineStop {
  const signed = version.signatures.map((one) => one.name)
  return {
    id: version.id,
    label: version.number,
    digest: version.digest,
    rule: { state: 'sealed', seats: Math.max(1, signed.length) },
    href: `?version=${version.number}`,
    badge: version.number === live ? <Badge tone="accent">Live</Badge> : undefined,
    remark: <Time at={version.publishedAt} clock={clock} show="day" />,
    about: [`Signed ${signed.join(', ')}`, `by ${version.author}`],
  }
}

/** What an imported file says of its own past: drawn broken, because no person here agreed to it. */
function importedStop(page: AgentPage): LineStop | null {
  const last = page.imported.at(-1)
  if (!last) return null
  return {
    id: 'imported',
    label: last.version || 'no number',
    digest: last.digest,
    rule: { state: 'broken' },
    remark: last.date || 'no date',
    about: [
      last.approvedBy ? `“Approved by ${last.approvedBy}”` : 'names no approver',
      'imported, not verified',
    ],
  }
}

function draftStop(page: AgentPage, clock: Clock): LineStop | null {
  const { draft, proposal, pending } = page
  if (!draft) return null
  const about = [
    <span key="who">
      {draft.editor}, saved <Time at={draft.updatedAt} clock={clock} />
    </span>,
    page.facts.liveVersionId === null ? 'never published' : pending && changeWords(pending),
  ]
  const open = draft.state === 'proposed' && proposal !== null
  return {
    id: draft.id,
    label: proposal?.version ?? pending?.number ?? 'Draft',
    digest: draft.digest,
    rule: open
      ? { state: 'open', seats: proposal.quorum, signed: proposal.signatures.length }
      : { state: 'draft' },
    href: `/agents/${page.facts.slug}/edit`,
    remark: open ? `proposed, P-${proposal.number}` : `draft, revision ${draft.revision}`,
    about,
  }
}

function reviewStop(page: AgentPage, clock: Clock): LineStop | null {
  const on = page.facts.nextReviewOn
  if (on === null) return null
  const days = daysBetween(localDate(new Date(clock.now), clock.zone), on)
  return {
    id: 'review',
    label: 'Next review',
    remark: (
      <time dateTime={on} className={days < 0 ? 'text-red' : undefined}>
        {calendarWords(on, clock)}, {days < 0 ? `${-days} days overdue` : `in ${days} days`}
      </time>
    ),
    about: [page.facts.sponsor ?? 'no sponsor'],
  }
}

/** The stops of an agent's version line, oldest first. */
export function versionStops(page: AgentPage, clock: Clock): LineStop[] {
  const { facts } = page
  const base = `/agents/${facts.slug}/definition`
  const published = page.versions.rows
    .map((row) => versionStop(row, facts.liveNumber, clock))
    .map((stop) => ({ ...stop, href: `${base}${stop.href}` }))
    .reverse()
  const ends = [draftStop(page, clock), reviewStop(page, clock)]
  return [importedStop(page), ...published, ...ends].filter((stop) => stop !== null)
}
