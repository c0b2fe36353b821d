import { X } from 'lucide-react'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { InvisibleText } from '@/components/ui/invisible-text'
import { SectionHead } from '@/components/ui/section'
import { Tally } from '@/components/ui/tally'
import { TextLink } from '@/components/ui/text-link'
import { absoluteWords, type Clock } from '@/components/ui/time-words'
import type { FactView } from '@/lib/audit/queries/fact'
import { sentenceOf } from '@/lib/audit/sentence'
import type { Names } from '@/lib/inbox/queries/names'
import { CheckedProof } from './checked-proof'

/** One fact: what it says, what it is about, what it commits to, and the proof that it is in the log. */
export function FactDrawer(props: {
  fact: FactView
  names: Names
  clock: Clock
  closeHref: string
  hrefOf: (id: string) => string
}) {
  const { fact, names } = props
  const { leaf, seq, hash } = fact.row
  const at = absoluteWords(Date.parse(leaf.ts), props.clock.zone)
  return (
    <article
      aria-label="Fact"
      className="flex min-h-0 flex-1 flex-col overflow-y-auto px-5 pt-4 pb-6"
    >
      <header>
        <div className="flex items-center justify-between">
          <p className="font-mono text-mono text-ink-2">
            {seq === null ? 'waits for its number' : `No. ${seq.toLocaleString('en-GB')}`}
          </p>
          <Link
            href={props.closeHref}
            scroll={false}
            aria-label="Close this fact"
            className="inline-flex size-7 items-center justify-center rounded-box hover:bg-hover"
          >
            <X aria-hidden="true" size={15} strokeWidth={1.75} />
          </Link>
        </div>
        <h1 className="text-title text-balance">
          <bdi>{sentenceOf(leaf, (type, id) => names.get(type, id)?.name)}</bdi>
        </h1>
        <p className="text-ink-2">
          <code className="text-mono">{leaf.act}</code> · {at} · {leaf.actor.via}
        </p>
      </header>
      <About fact={fact} names={names} />
      <Said
        title="What it says"
        rows={Object.entries(leaf.d).map(([key, value]) => [key, shown(value)])}
      />
      {fact.disclosures.length > 0 ? <Private fact={fact} /> : null}
      <section className="pt-5">
        <SectionHead title="Proof" />
        {fact.proof ? (
          <CheckedProof leafHash={hash} proof={fact.proof} />
        ) : (
          <p className="pt-2 text-ink-2">The next checkpoint covers it, within a few seconds.</p>
        )}
      </section>
      {fact.same.length > 0 ? (
        <section className="pt-5">
          <SectionHead title="Same transaction" />
          <ul>
            {fact.same.map((row) => (
              <li key={row.id} className="py-1">
                <TextLink href={props.hrefOf(row.id)} scroll={false}>
                  {row.seq === null ? '' : `${row.seq.toLocaleString('en-GB')} `}
                  {row.leaf.act}
                </TextLink>
              </li>
            ))}
          </ul>
        </section>
      ) : null}
    </article>
  )
}

function About(props: { fact: FactView; names: Names }) {
  const { leaf } = props.fact.row
  const actor = props.names.get(leaf.actor.t, leaf.actor.id)
  const rows = leaf.tgt.map((target): [string, ReactNode] => {
    const known = props.names.get(target.t, target.id)
    return [
      target.t.replace('_', ' '),
      <span key={target.id} className="flex flex-wrap items-center gap-x-2">
        {known?.href ? (
          <TextLink href={known.href}>{known.name}</TextLink>
        ) : (
          <bdi>{known?.name ?? target.id}</bdi>
        )}
        {target.ver}
        {target.sha256 ? <Tally digest={target.sha256} /> : null}
      </span>,
    ]
  })
  return (
    <Said
      title="About"
      rows={[['by', <bdi key="by">{actor?.name ?? leaf.actor.id}</bdi>], ...rows]}
    />
  )
}

function Said(props: { title: string; rows: readonly [string, ReactNode][] }) {
  if (props.rows.length === 0) return null
  return (
    <section className="pt-5">
      <SectionHead title={props.title} />
      <dl>
        {props.rows.map(([key, value], index) => (
          <div
            // biome-ignore lint/suspicious/noArrayIndexKey: a fact never changes
            key={index}
            className="grid min-h-[30px] grid-cols-[112px_minmax(0,1fr)] items-center gap-3 border-b border-line py-1"
          >
            <dt className="text-ink-3">{key.replaceAll('_', ' ')}</dt>
            <dd className="min-w-0 [overflow-wrap:anywhere]">{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

/** A value of a leaf: digests drawn, the rest as written. */
function shown(value: unknown): ReactNode {
  if (value === null) return '–'
  if (typeof value === 'string' && /^[0-9a-f]{64}$/.test(value)) return <Tally digest={value} />
  if (Array.isArray(value)) return value.join(', ')
  return String(value)
}

function Private(props: { fact: FactView }) {
  return (
    <Said
      title="Kept beside the leaf"
      rows={props.fact.disclosures.map((one) => [
        one.path,
        <span key={one.path}>
          <bdi className="whitespace-pre-wrap">
            <InvisibleText
              text={typeof one.value === 'string' ? one.value : JSON.stringify(one.value)}
            />
          </bdi>
          {one.intact ? null : (
            <strong className="block font-medium text-red">
              This is not what the fact commits to.
            </strong>
          )}
        </span>,
      ])}
    />
  )
}
