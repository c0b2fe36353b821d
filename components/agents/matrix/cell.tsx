import clsx from 'clsx'
import Link from 'next/link'
import { Shape } from '@/components/ui/shape'
import type { ShapeInk, ShapeName } from '@/components/ui/state-words'
import type { Coverage } from '@/lib/constitution/coverage'

type Look = { shape: ShapeName; ink: ShapeInk; word: string; said: string }

/** Shape, short word and sentence of each answer: never the colour alone. */
export const COVERAGE: Record<Exclude<Coverage['is'], 'silent'> | 'waived', Look> = {
  stated: { shape: 'check', ink: 'green', word: 'stated', said: 'states it' },
  outdated: {
    shape: 'clock',
    ink: 'amber-text',
    word: 'outdated',
    said: 'states it in the words of an older constitution',
  },
  weakened: {
    shape: 'chevrons-down',
    ink: 'amber-text',
    word: 'weakened',
    said: 'takes it back in part',
  },
  missing: { shape: 'cross', ink: 'red', word: 'missing', said: 'does not state it' },
  waived: { shape: 'barred-ring', ink: 'grey', word: 'waived', said: 'need not, under a waiver' },
}

/** What one agent says of one principle; a link to the line that says it. */
export function CoverageCell(props: { coverage: Coverage; agent: string; principle: string }) {
  const { coverage, agent, principle } = props
  if (coverage.is === 'silent') {
    return (
      <span className="text-ink-3">
        <span aria-hidden="true">—</span>
        <span className="sr-only">rests on no constitution</span>
      </span>
    )
  }
  const { shape, ink, word, said } = COVERAGE[coverage.until === null ? coverage.is : 'waived']
  const sentence = `${agent} ${said}: ${principle}${coverage.until ? `, until ${coverage.until}` : ''}`
  const inside = (
    <>
      <Shape name={shape} ink={ink} />
      <span className="sr-only">
        {word}
        {coverage.until ? ` until ${coverage.until}` : ''}
      </span>
    </>
  )
  const look = 'inline-flex size-6 items-center justify-center rounded-tag'
  if (coverage.line === null) {
    return (
      <span className={look} title={sentence}>
        {inside}
      </span>
    )
  }
  return (
    <Link
      href={`/agents/${agent}/definition?view=raw#L${coverage.line}`}
      prefetch={false}
      title={`${sentence}, line ${coverage.line}`}
      className={clsx(look, 'hover:bg-hover')}
    >
      {inside}
    </Link>
  )
}
