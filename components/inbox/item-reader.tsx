import { ButtonLink } from '@/components/ui/button'
import { Empty } from '@/components/ui/empty'
import { Facts } from '@/components/ui/facts'
import type { Clock } from '@/components/ui/time-words'
import type { InboxItem } from '@/lib/inbox/model'
import type { Impact } from '../agents/routing/impact'
import { ChangeSetReader } from './change-set-reader'
import { ConstitutionReader } from './constitution-reader'
import { ProposalReader } from './proposal-reader'
import { ToolCallReader } from './tool-call-reader'
import { WaiverReader } from './waiver-reader'

/** One approval, in the reader of its kind. `impact`: what a new description does to routing. */
export function ItemReader(props: { item: InboxItem; clock: Clock; impact: Impact | null }) {
  const { item, clock, impact } = props
  const { subject } = item
  switch (subject.kind) {
    case 'proposal':
      return <ProposalReader key={item.id} {...{ item, clock, impact }} proposal={subject} />
    case 'tool_call':
      return <ToolCallReader key={item.id} item={item} call={subject} clock={clock} />
    case 'change_set':
      return <ChangeSetReader key={item.id} item={item} set={subject} clock={clock} />
    case 'constitution':
      return <ConstitutionReader key={item.id} item={item} change={subject} clock={clock} />
    case 'waiver':
      return <WaiverReader key={item.id} item={item} waiver={subject} clock={clock} />
    case 'review':
      return (
        <Empty
          title={item.title}
          actions={<ButtonLink href="/reviews">Open the reviews</ButtonLink>}
        >
          <Facts facts={subject.facts.map((fact) => ({ label: fact.name, value: fact.value }))} />
        </Empty>
      )
  }
}
