import { SectionHead } from '@/components/ui/section'
import { Shape } from '@/components/ui/shape'
import type { ShapeInk, ShapeName } from '@/components/ui/state-words'
import { TextLink } from '@/components/ui/text-link'
import type { Clock } from '@/components/ui/time-words'
import type { PrincipleLine } from '@/lib/agents/queries/principles'
import { calendarWords } from '../marks'

type Mark = { word: string; shape: ShapeName; ink: ShapeInk }
const MARKS: Record<Exclude<PrincipleLine['says']['is'], 'silent'>, Mark> = {
  stated: { word: 'stated', shape: 'check', ink: 'green' },
  outdated: { word: 'in older words', shape: 'diamond', ink: 'amber-text' },
  weakened: { word: 'weakened', shape: 'error-square', ink: 'red' },
  missing: { word: 'missing', shape: 'error-square', ink: 'red' },
}

/** Which principles of the constitution the file states, and in whose words. */
export function Principles(props: {
  lines: readonly PrincipleLine[]
  constitution: string
  definitionHref: string
  clock: Clock
}) {
  const stated = props.lines.filter((line) => line.says.is === 'stated').length
  return (
    <section aria-label="Principles" className="pt-6">
      <SectionHead
        title="Principles"
        remark={`of constitution ${props.constitution}`}
        aside={`${stated} of ${props.lines.length} stated`}
      />
      <ul className="grid gap-x-8 sm:grid-cols-2">
        {props.lines.map(({ slug, title, says }) => {
          const mark = says.is === 'silent' ? null : MARKS[says.is]
          return (
            <li key={slug} className="flex items-baseline gap-2 border-b border-line py-1.5">
              {mark ? <Shape name={mark.shape} ink={mark.ink} /> : null}
              <span className="min-w-0 flex-1">{title}</span>
              <span className="shrink-0 text-meta text-ink-2">
                {says.until === null
                  ? mark?.word
                  : `waived until ${calendarWords(says.until, props.clock)}`}
                {says.line === null ? null : (
                  <>
                    ,{' '}
                    <TextLink href={`${props.definitionHref}#L${says.line}`}>
                      line {says.line}
                    </TextLink>
                  </>
                )}
              </span>
            </li>
          )
        })}
      </ul>
    </section>
  )
}
