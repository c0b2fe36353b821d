import { ButtonLink } from '@/components/ui/button'
import { PartError } from '@/components/ui/empty'
import { SectionHead } from '@/components/ui/section'
import { TextLink } from '@/components/ui/text-link'
import type { Clock } from '@/components/ui/time-words'
import { requestHref } from '@/components/waivers/address'
import type { Around } from '@/lib/agents/queries/around'
import type { AgentPage } from '@/lib/agents/queries/page'
import { fingerprintOf } from '@/lib/constitution/fingerprint'
import type { Finding } from '@/lib/constitution/model'
import { excuseFor, whyNotWaivable } from '@/lib/constitution/waivers'
import { calendarWords } from '../marks'
import { FindingList, type FindingStanding } from './finding-list'
import { FixButton } from './fix-button'

type Props = {
  page: AgentPage
  around: Around
  reader: { mayEdit: boolean; mayExcuse: boolean }
  constitution: string
  clock: Clock
}

/** What the rules say of the definition that speaks for the agent, and what can be done about it. */
export function Findings(props: Props) {
  const { page, around } = props
  const { facts, check, pending } = page
  if (!check) {
    return (
      <PartError title="The findings could not be read.">
        The bytes of this definition are missing from the store. Run the integrity check.
      </PartError>
    )
  }
  const standings = check.findings.map((finding) => standingOf(finding, props))
  const fixed = standings.filter((one) => one.fixed).length
  const waived = check.findings.filter((one) => excuseFor(one, around.excuses)).length
  return (
    <section aria-label="Findings" className="pt-6">
      <SectionHead
        title={`Findings on ${facts.liveNumber ?? 'the draft'}`}
        remark={`${check.findings.length} open${waived > 0 ? `, ${waived} of them waived` : ''}, constitution ${props.constitution}`}
        aside={
          fixed > 0 && pending ? (
            <TextLink href={`/agents/${facts.slug}/edit`}>
              {fixed === 1 ? '1 is fixed' : `${fixed} are fixed`} in draft {pending.number}
            </TextLink>
          ) : null
        }
      />
      {check.findings.length === 0 ? (
        <p className="border-b border-line py-2 text-ink-2">
          None. Every rule of the constitution holds for these bytes.
        </p>
      ) : (
        <FindingList
          findings={check.findings}
          standingOf={(finding) => standingOf(finding, props)}
        />
      )}
    </section>
  )
}

/** The finding in the draft, where there is one beside the live version; null when it is gone there. */
function inDraft(finding: Finding, page: AgentPage): Finding | null {
  const findings = page.pending?.check?.findings
  if (!findings) return finding
  const print = fingerprintOf(finding)
  return findings.find((one) => fingerprintOf(one) === print) ?? null
}

function standingOf(finding: Finding, props: Props): FindingStanding {
  const { page, around, clock } = props
  const there = inDraft(finding, page)
  const excuse = excuseFor(finding, around.excuses)
  const of = around.waivers.find((one) => one.id === excuse?.waiverId)
  const waived = excuse ? (
    <>
      Waived until {calendarWords(excuse.endsOn, clock)}
      {of ? (
        <>
          , owned by <bdi>{of.owner}</bdi>,{' '}
          <TextLink href={`/inbox/${of.approvalId}`}>
            approved by {of.approvedBy.join(', ')}
          </TextLink>
        </>
      ) : null}
    </>
  ) : null
  return {
    fixed: there === null,
    waived,
    action: there === null ? null : <Actions {...props} finding={there} held={excuse !== null} />,
  }
}

function Actions(props: Props & { finding: Finding; held: boolean }) {
  const { page, around, finding, reader } = props
  const { facts, draft } = page
  if (facts.state === 'retired') return null
  const fingerprint = fingerprintOf(finding)
  const about = { agentId: facts.id, digest: draft?.digest ?? facts.digest, fingerprint }
  const asked = around.waivers.find(
    (one) => one.standing === 'open' && one.fingerprint === fingerprint,
  )
  return (
    <>
      {finding.fix && reader.mayEdit ? (
        draft?.state === 'proposed' ? (
          <ButtonLink size="small" href={`/agents/${facts.slug}/edit`}>
            Edit the draft
          </ButtonLink>
        ) : (
          <FixButton about={about} label={finding.fix.label} />
        )
      ) : null}
      {asked ? (
        <TextLink href={`/inbox/${asked.approvalId}`} className="text-meta">
          waiver asked for
        </TextLink>
      ) : reader.mayExcuse && whyNotWaivable(finding) === null ? (
        <ButtonLink size="small" tone="quiet" href={requestHref(facts.slug, fingerprint)}>
          {props.held ? 'Renew the waiver' : 'Excuse until…'}
        </ButtonLink>
      ) : null}
    </>
  )
}
