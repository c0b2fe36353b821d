import type { Metadata } from 'next'
import { GroupsScreen } from '@/components/people/groups-screen'
import { requirePageActor } from '@/lib/auth/current'
import { can } from '@/lib/auth/permissions'
import { currentRulebook } from '@/lib/constitution/queries'
import { groupCandidates, listGroups } from '@/lib/people/queries/groups'

export const metadata: Metadata = { title: 'Groups' }

export default async function GroupsPage() {
  const actor = await requirePageActor()
  const [groups, candidates, { content }] = await Promise.all([
    listGroups(actor),
    groupCandidates(actor),
    currentRulebook(),
  ])
  return (
    <GroupsScreen
      groups={groups}
      candidates={candidates}
      rules={content.approvals}
      mayManage={can(actor, 'role.grant', null)}
      me={actor.id}
    />
  )
}
