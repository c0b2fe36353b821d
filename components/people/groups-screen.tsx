import { PageHeader } from '@/components/shell/page-header'
import { Pane } from '@/components/shell/panes'
import { Empty } from '@/components/ui/empty'
import { SectionHead } from '@/components/ui/section'
import { TextLink } from '@/components/ui/text-link'
import type { ApprovalRuleFact } from '@/lib/approvals/model'
import type { GroupRow } from '@/lib/people/queries/groups'
import { GroupForm, GroupMembers } from './group-members'

type Props = {
  groups: readonly GroupRow[]
  candidates: readonly { id: string; name: string }[]
  rules: readonly ApprovalRuleFact[]
  mayManage: boolean
  me: string
}

/** The groups that approval rules ask for: who is in them, and what they are needed for. */
export function GroupsScreen(props: Props) {
  return (
    <>
      <PageHeader crumbs={[{ label: 'People', href: '/people' }, { label: 'Groups' }]} heading />
      <Pane label="Groups">
        <div className="max-w-[860px] px-6 pt-5 pb-8 max-sm:px-4">
          <p className="max-w-[62ch] text-ink-2">
            A group is a seat at the table: a rule of the{' '}
            <TextLink href="/constitution/approvals">constitution</TextLink> says when somebody of
            it must agree. Being in a group gives no role; to sign, a member is also an approver.
          </p>
          {props.groups.length === 0 ? (
            <Empty title="No group yet">
              <p>Every seat is an approver’s until a group is made and a rule asks for it.</p>
            </Empty>
          ) : (
            props.groups.map((group) => <Group key={group.id} group={group} {...props} />)
          )}
          {props.mayManage ? <GroupForm /> : null}
        </div>
      </Pane>
    </>
  )
}

function Group(props: Props & { group: GroupRow }) {
  const { group } = props
  const asking = props.rules.filter((rule) => rule.seats.some((seat) => seat.group === group.slug))
  const active = group.members.filter((member) => member.active).length
  const most = Math.max(
    0,
    ...asking.flatMap((rule) =>
      rule.seats.filter((seat) => seat.group === group.slug).map((seat) => seat.people),
    ),
  )
  return (
    <section className="pt-6">
      <SectionHead title={group.name} remark={active === 1 ? '1 person' : `${active} people`} />
      <p className="pt-1 text-meta text-ink-2">
        <span className="font-mono text-mono">{group.slug}</span>.{' '}
        {asking.length === 0
          ? 'No rule asks for it.'
          : `Asked for by ${asking.map((rule) => rule.title).join(', ')}.`}
      </p>
      {most > active ? (
        <p role="alert" className="pt-1 text-meta text-red">
          A rule needs {most} of this group, and it has {active}. What waits for it cannot be
          approved: put somebody in.
        </p>
      ) : null}
      <GroupMembers
        group={group}
        candidates={props.candidates.filter(
          ({ id }) => id !== props.me && !group.members.some((member) => member.id === id),
        )}
        mayManage={props.mayManage}
      />
    </section>
  )
}
