'use client'

import { useState } from 'react'
import { announce } from '@/components/ui/announce'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Field, Input } from '@/components/ui/field'
import { MenuItem, MenuLine } from '@/components/ui/menu'
import { useAction } from '@/components/ui/use-action'
import { removeView, saveView } from '@/lib/people/actions'
import type { OwnView } from '@/lib/people/queries/views'
import { type InboxPlace, inboxHref } from './address'

const queryOf = (place: InboxPlace) =>
  inboxHref(null, { ...place, wide: false }).split('?')[1] ?? 'view=needs'

/** The person's own views in the menu, and keeping or removing the one that is shown. */
export default function OwnViews(props: {
  views: readonly OwnView[]
  place: InboxPlace
  keep: () => void
}) {
  const { views, place } = props
  const remove = useAction(removeView)
  const current = views.find((view) => view.query === queryOf(place))
  return (
    <>
      {views.map((view) => (
        <MenuItem
          key={view.id}
          href={`/inbox?${view.query}`}
          aside={view === current ? 'shown' : undefined}
        >
          <bdi>{view.name}</bdi>
        </MenuItem>
      ))}
      {views.length > 0 ? <MenuLine /> : null}
      {current ? (
        <MenuItem
          danger
          onSelect={async () => {
            const result = await remove.send({ viewId: current.id })
            announce(result.ok ? `The view ${current.name} was removed.` : result.error.message)
          }}
        >
          Remove “{current.name}”
        </MenuItem>
      ) : (
        <MenuItem onSelect={props.keep}>Keep this view</MenuItem>
      )}
    </>
  )
}

/** Asks for the name under which the list's address is kept, for this person alone. */
export function KeepView(props: { place: InboxPlace; close: () => void }) {
  const { place, close } = props
  const [name, setName] = useState('')
  const { send, pending, failure } = useAction(saveView)
  const save = async () => {
    const input = { viewId: null, screen: 'inbox', name, query: queryOf(place) }
    if (!(await send(input)).ok) return
    announce(`The view ${name} is kept.`)
    close()
  }
  return (
    <Dialog
      open
      onClose={close}
      title="Keep this view"
      sentence="It stands in the menu beside the filter, for you alone."
      actions={
        <>
          <Button onClick={close}>Leave it</Button>
          <Button
            tone="primary"
            pending={pending}
            disabled={name.trim() === ''}
            onClick={() => void save()}
          >
            Keep the view
          </Button>
        </>
      }
    >
      <Field id="view-name" label="Name of the view" error={failure?.message}>
        <Input
          id="view-name"
          data-autofocus
          value={name}
          maxLength={60}
          onChange={(event) => setName(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter') void save()
          }}
        />
      </Field>
    </Dialog>
  )
}
