'use client'

import { useState, useTransition } from 'react'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { removeDemo } from '@/lib/cli/demo/actions'

/** Ends the demonstration: everything goes, log included, and setup begins anew. */
export function DemoRemoval() {
  const [asking, setAsking] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const [pending, start] = useTransition()
  const remove = () =>
    start(async () => {
      const result = await removeDemo()
      if (!result.ok) setProblem(result.error.message)
    })
  return (
    <>
      <Button tone="danger" onClick={() => setAsking(true)}>
        Remove the demonstration
      </Button>
      {problem ? (
        <p role="alert" className="pt-2 text-meta text-red">
          {problem}
        </p>
      ) : null}
      <Dialog
        open={asking}
        onClose={() => setAsking(false)}
        title="Remove the demonstration?"
        sentence="Its people, agents, runs and its whole log go. Setup begins anew with a fresh log. Nothing of yours is in it."
        actions={
          <>
            <Button onClick={() => setAsking(false)} keys="Esc">
              Keep it
            </Button>
            <Button tone="destructive" pending={pending} onClick={remove}>
              {pending ? 'Removing' : 'Remove the demonstration'}
            </Button>
          </>
        }
      />
    </>
  )
}
