import { Plus } from 'lucide-react'
import type { ReactNode } from 'react'
import { PageHeader } from '@/components/shell/page-header'
import { ListAndReader, Pane } from '@/components/shell/panes'
import { ButtonLink } from '@/components/ui/button'
import { Empty } from '@/components/ui/empty'
import { SavedViews } from '@/components/ui/tabs'
import type { Clock } from '@/components/ui/time-words'
import type { PeoplePage } from '@/lib/people/queries/people'
import { hrefOf, type PeoplePlace } from './people-place'
import { PeopleSearch } from './people-search'
import { PeopleTable } from './people-table'

type Props = {
  place: PeoplePlace
  page: PeoplePage
  me: string
  mayInvite: boolean
  clock: Clock
  /** The invitation drawer, when the address asks for it. */
  drawer: ReactNode
}

const VIEWS = [
  { label: 'All', state: null },
  { label: 'Active', state: 'active' },
  { label: 'Invited', state: 'invited' },
  { label: 'Disabled', state: 'disabled' },
] as const

function Toolbar(props: { place: PeoplePlace; total: number }) {
  const { place } = props
  return (
    <div className="flex shrink-0 flex-wrap items-center gap-x-4 gap-y-2 border-b border-line px-3 py-1.5">
      <SavedViews
        label="Views"
        views={VIEWS.map(({ label, state }) => ({
          label,
          href: hrefOf({ text: place.text, state }),
          current: place.state === state,
          count: place.state === state ? props.total : undefined,
        }))}
      />
      <div className="ml-auto max-sm:ml-0 max-sm:w-full">
        <PeopleSearch text={place.text} state={place.state} />
      </div>
    </div>
  )
}

function List(props: Props) {
  const { place, page } = props
  const filtered = place.text !== '' || place.state !== null
  return (
    <>
      <Toolbar place={place} total={page.total} />
      <Pane {...(props.drawer ? {} : { label: 'People' })}>
        {page.rows.length === 0 ? (
          <Empty
            title={filtered ? 'Nobody matches' : 'Nobody here'}
            actions={filtered ? <ButtonLink href="/people">Everybody</ButtonLink> : null}
          >
            <p>You see the people who hold a role where you do.</p>
          </Empty>
        ) : (
          <PeopleTable rows={page.rows} clock={props.clock} me={props.me} />
        )}
        {page.next ? (
          <p className="px-5 py-3 max-sm:px-4">
            <ButtonLink href={hrefOf({ ...place, after: page.next })}>Next people</ButtonLink>
          </p>
        ) : null}
      </Pane>
    </>
  )
}

/** Who is here and what they may do; beside it, when asked for, the drawer that invites. */
export function PeopleScreen(props: Props) {
  const { place, drawer } = props
  return (
    <>
      <PageHeader crumbs={[{ label: 'People' }]} heading>
        <ButtonLink href="/people/groups">Groups</ButtonLink>
        {props.mayInvite ? (
          <ButtonLink
            href={hrefOf({ ...place, invite: true })}
            tone="primary"
            keys="N"
            icon={<Plus aria-hidden="true" size={14} strokeWidth={1.9} />}
          >
            <span className="word">Invite a person</span>
          </ButtonLink>
        ) : null}
      </PageHeader>
      {drawer ? (
        <ListAndReader
          width="drawer"
          reading
          listLabel="People"
          list={<List {...props} />}
          reader={drawer}
        />
      ) : (
        <List {...props} />
      )}
    </>
  )
}
