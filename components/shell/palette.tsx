'use client'

import { lazy, Suspense, useEffect, useState } from 'react'
import { useKeyboard, useKeys } from '@/components/ui/keyboard'
import type { ScopedBinding } from '@/components/ui/keyboard-match'
import type { FindAgents, ShellActions } from './shell-data'

const PaletteDialog = lazy(() => import('./palette-dialog'))

/**
 * Ctrl/Cmd+K, or any element with `data-open="palette"`: go somewhere, find an agent, or do what a
 * key of this screen does. Each line shows its key, so that the palette teaches them.
 */
export function Palette(props: {
  findAgents: FindAgents | undefined
  signOut: ShellActions['signOut']
}) {
  const { list } = useKeyboard()
  const [actions, setActions] = useState<ScopedBinding[] | null>(null)
  const show = () => setActions(list().filter((binding) => binding.scope === 'This screen'))

  useKeys('Everywhere', [{ keys: 'mod+k', label: 'Search or go to', run: show }])
  useEffect(() => {
    const onClick = (event: MouseEvent) => {
      const target = event.target instanceof Element ? event.target : null
      if (target?.closest('[data-open="palette"]')) show()
    }
    document.addEventListener('click', onClick)
    return () => document.removeEventListener('click', onClick)
  })
  if (actions === null) return null
  return (
    <Suspense fallback={null}>
      <PaletteDialog
        actions={actions}
        findAgents={props.findAgents}
        signOut={props.signOut}
        onClose={() => setActions(null)}
      />
    </Suspense>
  )
}
