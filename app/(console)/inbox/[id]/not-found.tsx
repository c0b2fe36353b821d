import { ButtonLink } from '@/components/ui/button'
import { Empty } from '@/components/ui/empty'

export default function ItemNotFound() {
  return (
    <Empty
      title="There is no such approval"
      actions={<ButtonLink href="/inbox">Open the inbox</ButtonLink>}
    >
      It does not exist, or it belongs to a department that you may not see.
    </Empty>
  )
}
