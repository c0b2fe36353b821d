'use client'

import { FlaskConical } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { createDemo } from '@/lib/cli/demo/actions'

/** The other way to begin: an invented organisation, removable as a whole. */
export function DemoOffer(props: { token: string }) {
  const router = useRouter()
  const [pending, setPending] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const make = async () => {
    setPending(true)
    setProblem(null)
    const result = await createDemo({ token: props.token }).catch(() => null)
    if (result?.ok) {
      router.push('/')
      return
    }
    setPending(false)
    setProblem(result ? result.error.message : 'The server did not answer. Load this page again.')
  }
  return (
    <section aria-label="Demonstration" className="border-t border-line pt-5">
      <h2 className="font-medium">Or look around first</h2>
      <p className="max-w-[62ch] pt-0.5 text-ink-2">
        An invented freight company: three departments, eight people, a dozen agents, an inbox with
        something to decide. You can be any of its people. It is marked everywhere, keeps a log of
        its own, and is removed as a whole before your own work begins.
      </p>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2 pt-3">
        <Button
          icon={<FlaskConical aria-hidden="true" size={14} strokeWidth={1.75} />}
          pending={pending}
          onClick={() => void make()}
        >
          {pending ? 'Living through four months' : 'Make the demonstration'}
        </Button>
        <p role="status" className="text-meta text-ink-2">
          {pending
            ? 'Every fact goes through the ordinary commands. This takes about ten seconds.'
            : ''}
        </p>
      </div>
      {problem ? (
        <p role="alert" className="pt-2 text-meta text-red">
          {problem}
        </p>
      ) : null}
    </section>
  )
}
