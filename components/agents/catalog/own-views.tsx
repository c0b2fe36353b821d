'use client'

import { Ellipsis, Plus } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { announce } from '@/components/ui/announce'
import { Button, IconButton } from '@/components/ui/button'
import { Input } from '@/components/ui/field'
import { Menu, MenuItem } from '@/components/ui/menu'
import { useAction } from '@/components/ui/use-action'
import { removeView, saveView } from '@/lib/people/actions'
import type { OwnView } from '@/lib/people/queries/views'

type Naming = { viewId: string | null; name: string }

/**
 * Keeps what the list shows now under a name, and changes or removes the kept view that is shown.
 * A kept view is a link like the built-in ones; removing it removes no agent.
 */
export function OwnViewControls(props: { query: string; current: OwnView | null }) {
  const { query, current } = props
  const router = useRouter()
  const [naming, setNaming] = useState<Naming | null>(null)
  const remove = useAction(removeView)
  if (naming !== null) {
    return <ViewName naming={naming} query={query} onDone={() => setNaming(null)} />
  }
  if (current === null) {
    return (
      <Button
        size="small"
        tone="quiet"
        icon={<Plus aria-hidden="true" size={13} strokeWidth={1.9} />}
        onClick={() => setNaming({ viewId: null, name: '' })}
      >
        Save view
      </Button>
    )
  }
  return (
    <span className="flex items-center gap-2">
      <Menu
        align="start"
        trigger={
          <IconButton name={`Change the view ${current.name}`}>
            <Ellipsis aria-hidden="true" size={14} strokeWidth={1.75} />
          </IconButton>
        }
      >
        <MenuItem onSelect={() => setNaming({ viewId: current.id, name: current.name })}>
          Rename
        </MenuItem>
        <MenuItem
          danger
          onSelect={async () => {
            const result = await remove.send({ viewId: current.id })
            if (!result.ok) return
            announce(`The view ${current.name} was removed.`)
            router.refresh()
          }}
        >
          Remove the view
        </MenuItem>
      </Menu>
      {remove.failure ? (
        <span role="alert" className="text-meta text-red">
          {remove.failure.message}
        </span>
      ) : null}
    </span>
  )
}

function ViewName(props: { naming: Naming; query: string; onDone: () => void }) {
  const { naming, query, onDone } = props
  const [name, setName] = useState(naming.name)
  const { send, pending, failure } = useAction(saveView)
  return (
    <form
      className="flex items-center gap-2"
      onSubmit={async (event) => {
        event.preventDefault()
        const result = await send({ viewId: naming.viewId, screen: 'agents', name, query })
        if (!result.ok) return
        announce(`The view ${name} is kept.`)
        onDone()
      }}
    >
      <Input
        autoFocus
        aria-label="Name of the view"
        placeholder="Name of the view"
        value={name}
        maxLength={60}
        error={failure !== null}
        onChange={(event) => setName(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') onDone()
        }}
        className="w-[200px]"
      />
      <Button
        type="submit"
        size="small"
        tone="primary"
        pending={pending}
        disabled={name.trim() === ''}
      >
        Save
      </Button>
      <Button size="small" tone="quiet" onClick={onDone}>
        Leave it
      </Button>
      {failure ? (
        <span role="alert" className="text-meta text-red">
          {failure.message}
        </span>
      ) : null}
    </form>
  )
}
