'use client'

import { Check } from 'lucide-react'
import { useEffect, useState } from 'react'
import { TallyMark } from '@/components/ui/tally'
import type { FactProof } from '@/lib/audit/queries/fact'

type Checked = 'checking' | 'holds' | 'fails' | 'impossible'

/**
 * The way from a leaf to the root, hashed again in this browser (RFC 9162 section 2.1): the server's
 * word is not needed. Secure contexts only; elsewhere it says that it could not check.
 */
export function CheckedProof(props: { leafHash: string; proof: FactProof }) {
  const { leafHash, proof } = props
  const [checked, setChecked] = useState<Checked>('checking')
  useEffect(() => {
    let current = true
    setChecked('checking')
    rootOf(leafHash, proof).then(
      (root) => current && setChecked(root === proof.head.root ? 'holds' : 'fails'),
      () => current && setChecked('impossible'),
    )
    return () => {
      current = false
    }
  }, [leafHash, proof])
  return (
    <>
      <p role="status" className="flex items-center gap-1.5 pt-2 text-meta">
        <Words checked={checked} />
      </p>
      <ol className="pt-1">
        <Node hash={leafHash} strong aside={`${proof.index}`}>
          this leaf
        </Node>
        {proof.path.map((node) => (
          <Node key={node.hash} hash={node.hash} aside={`${node.side}, covers ${node.covers}`} />
        ))}
        <Node hash={proof.head.root} strong aside={checked === 'holds' ? '= checkpoint' : ''}>
          root at {proof.head.size.toLocaleString('en-GB')}
        </Node>
      </ol>
    </>
  )
}

function Words(props: { checked: Checked }) {
  switch (props.checked) {
    case 'checking':
      return <span className="text-ink-2">Checking in this browser</span>
    case 'holds':
      return (
        <span className="flex items-center gap-1.5 text-grn">
          <Check aria-hidden="true" size={13} strokeWidth={1.9} /> checked in this browser
        </span>
      )
    case 'fails':
      return (
        <strong className="font-medium text-red">
          The path does not lead to the signed root. Run chancery verify.
        </strong>
      )
    case 'impossible':
      return (
        <span className="text-ink-2">This browser cannot check here; use chancery verify.</span>
      )
  }
}

function Node(props: {
  hash: string
  strong?: boolean
  aside: string
  children?: string | string[]
}) {
  return (
    <li className="flex min-h-6 items-center gap-3 font-mono text-mono text-ink-2">
      <TallyMark digest={props.hash} />
      <span className={props.strong ? 'text-ink' : undefined}>
        {props.hash.slice(0, 8)} {props.children}
      </span>
      <span className="ml-auto text-ink-3">{props.aside}</span>
    </li>
  )
}

async function rootOf(leaf: string, proof: FactProof): Promise<string> {
  let at = bytes(leaf)
  for (const { hash, side } of proof.path) {
    const other = bytes(hash)
    at = await node(...(side === 'left' ? ([other, at] as const) : ([at, other] as const)))
  }
  return Array.from(at, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

async function node(left: Uint8Array, right: Uint8Array): Promise<Uint8Array> {
  const joined = new Uint8Array(65)
  joined[0] = 1
  joined.set(left, 1)
  joined.set(right, 33)
  return new Uint8Array(await crypto.subtle.digest('SHA-256', joined))
}

function bytes(hex: string): Uint8Array {
  return Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
}
