import clsx from 'clsx'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { shortDigest } from '@/lib/core/digest'
import { TallyMark, tallyName } from './tally'
import type { TallyRule } from './tally-geometry'

/** One stop on the line: a version, the draft, a checkpoint; without digest, what comes next. */
export type LineStop = {
  id: string
  /** "1.1.0", "48,213 at 14:08", "Next review". */
  label: ReactNode
  digest?: string
  rule?: TallyRule
  href?: string
  /** A badge beside the label: "Live". */
  badge?: ReactNode
  /** After the digest on its line: a date, "draft, revision 3". */
  remark?: ReactNode
  /** Who signed, what happened; one element per line. */
  about?: readonly ReactNode[]
}

const SHOWN = 5

/** How two stops hang together: solid, broken in the middle, or only intended. */
function joint(from: LineStop, to: LineStop): 'solid' | 'gap' | 'dashed' {
  if (to.digest === undefined || to.rule?.state === 'draft' || from.rule?.state === 'draft')
    return 'dashed'
  return from.rule?.state === 'broken' ? 'gap' : 'solid'
}

function Joint(props: { kind: 'solid' | 'gap' | 'dashed' }) {
  return (
    <span
      aria-hidden="true"
      className={clsx('ml-3 h-0.5 flex-1 self-start mt-[25px]', `joint-${props.kind}`)}
    />
  )
}

function Stop(props: { stop: LineStop; next: LineStop | undefined }) {
  const { stop, next } = props
  return (
    <li className="min-w-[150px] flex-1 sm:last:flex-none sm:last:basis-[170px]">
      <div className="flex h-[34px] max-sm:h-auto max-sm:pb-1 max-sm:[&>[class*=joint]]:hidden">
        {stop.digest === undefined ? null : (
          <TallyMark
            digest={stop.digest}
            size="large"
            {...(stop.rule ? { rule: stop.rule } : {})}
          />
        )}
        {next ? <Joint kind={joint(stop, next)} /> : null}
      </div>
      <div className="pr-4 text-meta text-ink-2">
        <p className="flex min-h-5 items-center gap-2 text-body">
          {stop.href ? (
            <Link href={stop.href} className="rounded-tag font-semibold text-ink hover:underline">
              {stop.label}
            </Link>
          ) : (
            <span className={stop.digest ? 'font-semibold text-ink' : 'text-ink-2'}>
              {stop.label}
            </span>
          )}
          {stop.badge}
        </p>
        <p>
          {stop.digest === undefined ? null : (
            <>
              <span className="sr-only">{tallyName(stop.digest, stop.rule)} </span>
              <span aria-hidden="true" className="font-mono">
                {shortDigest(stop.digest)}
              </span>
              {stop.remark ? ' · ' : null}
            </>
          )}
          {stop.remark}
        </p>
        {stop.about?.map((line, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a line is its place
          <p key={index}>{line}</p>
        ))}
      </div>
    </li>
  )
}

/**
 * Versions from left to right as large seals on one line: solid between published ones, a gap after
 * a broken one, dashed to the draft and to the next review. Beyond 5 the oldest fold into a link.
 */
export function VersionLine(props: {
  label: string
  stops: readonly LineStop[]
  /** Where all of them are listed; shown when some are folded. */
  allHref?: string
}) {
  const folded = Math.max(0, props.stops.length - SHOWN)
  const shown = props.stops.slice(folded)
  return (
    <div className="overflow-x-auto">
      {folded > 0 && props.allHref ? (
        <Link href={props.allHref} className="text-meta text-acc hover:underline">
          {folded} older
        </Link>
      ) : null}
      <ol aria-label={props.label} className="flex max-sm:flex-col max-sm:gap-4">
        {shown.map((stop, index) => (
          <Stop key={stop.id} stop={stop} next={shown[index + 1]} />
        ))}
      </ol>
    </div>
  )
}
