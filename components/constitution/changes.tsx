import { ButtonLink } from '@/components/ui/button'
import { ChangeCount, DiffView } from '@/components/ui/diff-view'
import { Empty } from '@/components/ui/empty'
import { SectionHead } from '@/components/ui/section'
import type { DraftFacts } from '@/lib/agents/queries/constitution'
import type { TextDiff } from '@/lib/definition/model'
import type { CatalogImpact } from '@/lib/inbox/model'
import { ChangeList } from './change-list'
import { DiscardDraft, ProposeDraft, WithdrawDraft } from './draft-verbs'
import { ImpactSection } from './impact'
import { type MustAgree, WhoMustAgree } from './overview'

/** What stands here when there is no draft. */
export function NoDraft(props: { whyNotEdit: string | null }) {
  return (
    <Empty
      title="There is no draft of the constitution."
      actions={<ButtonLink href="/constitution">The constitution in force</ButtonLink>}
    >
      <p>{props.whyNotEdit ?? 'Open one to change a rule. Nothing holds until people agree.'}</p>
    </Empty>
  )
}

/** The draft against what is in force: what changes, whom it hits, the text, and the way to propose it. */
export function ChangesScreen(props: {
  draft: DraftFacts
  inForce: string
  impact: CatalogImpact
  diff: TextDiff
  agree: MustAgree
  mayEdit: boolean
}) {
  const { draft, impact, diff } = props
  const own = { id: draft.id, revision: draft.revision, label: draft.label, hash: draft.hash }
  const whyNot =
    draft.whyNot[0] ??
    (impact.missing > 0 ? 'Agents are still being tried under this draft.' : null)
  return (
    <div className="max-w-[960px]">
      <section>
        <SectionHead title="What changes" remark={`from ${props.inForce} to ${draft.label}`} />
        <ChangeList changes={draft.changes} />
      </section>
      <ImpactSection impact={impact} />
      <section className="pt-6" aria-label="Propose">
        <SectionHead
          title={draft.state === 'proposed' ? 'Up for approval' : 'Propose'}
          className="mb-2"
        />
        {draft.whyNot.map((why) => (
          <p key={why} className="mb-2 bg-red-soft px-2 py-1.5 text-red">
            {why}
          </p>
        ))}
        <WhoMustAgree agree={props.agree} />
        <div className="flex flex-col gap-4 pt-4">
          {draft.state === 'open' && props.mayEdit ? (
            <ProposeDraft draft={own} quorum={props.agree.quorum} whyNot={whyNot} />
          ) : null}
          <div className="flex flex-wrap items-start gap-2">
            {draft.approvalId ? (
              <ButtonLink href={`/inbox/${draft.approvalId}`}>Open the decision</ButtonLink>
            ) : null}
            {draft.mayWithdraw ? <WithdrawDraft draftId={draft.id} /> : null}
            {draft.state === 'open' && props.mayEdit ? <DiscardDraft draft={own} /> : null}
          </div>
        </div>
      </section>
      <div className="pt-6">
        <DiffView
          id="text"
          label="Text of the draft against what is in force"
          diff={diff}
          head={
            <>
              <span className="font-mono text-mono">constitution.md</span>
              <ChangeCount added={diff.added} removed={diff.removed} />
            </>
          }
        />
      </div>
    </div>
  )
}
