'use client'

import { Copy } from 'lucide-react'
import { useEffect, useState } from 'react'
import { Button } from '@/components/ui/button'

/** A one-time link, shown this once: only its hash is kept. Copies itself on request. */
export function LinkOnce(props: { token: string; name: string }) {
  const [link, setLink] = useState('')
  useEffect(() => {
    setLink(new URL(`/join?token=${props.token}`, location.origin).href)
  }, [props.token])
  return (
    <div role="status" className="flex flex-col gap-2">
      <p className="max-w-[62ch]">
        Give this link to <bdi>{props.name}</bdi>. It works once, for seven days, and is shown only
        now.
      </p>
      <p className="rounded-box border border-line-2 bg-code px-2.5 py-1.5 font-mono text-mono break-all">
        {link}
      </p>
      <div>
        <Button data-copy={link} icon={<Copy aria-hidden="true" size={13} strokeWidth={1.75} />}>
          Copy the link
        </Button>
      </div>
    </div>
  )
}
