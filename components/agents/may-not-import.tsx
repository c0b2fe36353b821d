import { ButtonLink } from '@/components/ui/button'
import { Empty } from '@/components/ui/empty'
import { rolesWith } from '@/lib/auth/permissions'

/** Why the reader cannot bring agents in, and whom to ask. */
export function MayNotImport() {
  return (
    <Empty
      title="You may read agents, not bring them in"
      actions={<ButtonLink href="/agents">Back to the agents</ButtonLink>}
    >
      <p>
        Importing needs the role {rolesWith('agent.import').join(' or ')}. Ask an administrator.
      </p>
    </Empty>
  )
}
