'use client'

import { Bookmark } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { Button } from '@/components/ui/button'
import { Menu, MenuItem } from '@/components/ui/menu'
import { INBOX_VIEWS } from '@/lib/inbox/model'
import type { OwnView } from '@/lib/people/queries/views'
import { type InboxPlace, inboxHref, VIEW_WORDS } from './address'

const OwnViews = lazy(() => import('./own-views'))
const KeepView = lazy(async () => ({ default: (await import('./own-views')).KeepView }))

/** The reader's own views; on a phone, where the top bar has no room, also the four built-in ones. */
export function ViewsMenu(props: { place: InboxPlace; views: readonly OwnView[] }) {
  const { place, views } = props
  const [keeping, setKeeping] = useState(false)
  return (
    <>
      <Menu
        align="start"
        trigger={
          <Button size="small" icon={<Bookmark aria-hidden="true" size={13} strokeWidth={1.75} />}>
            Views
          </Button>
        }
      >
        <span className="sm:hidden">
          {INBOX_VIEWS.map((view) => (
            <MenuItem key={view} href={inboxHref(null, { view, kind: null, wide: false })}>
              {VIEW_WORDS[view]}
            </MenuItem>
          ))}
        </span>
        <Suspense fallback={null}>
          <OwnViews views={views} place={place} keep={() => setKeeping(true)} />
        </Suspense>
      </Menu>
      {keeping ? (
        <Suspense fallback={null}>
          <KeepView place={place} close={() => setKeeping(false)} />
        </Suspense>
      ) : null}
    </>
  )
}
