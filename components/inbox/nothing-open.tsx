import { Empty } from '@/components/ui/empty'

/** The reader when there is nothing in the list. */
export function NothingOpen() {
  return (
    <Empty title="Nothing to read here">
      What somebody proposes or a run is held for opens at this place.
    </Empty>
  )
}
