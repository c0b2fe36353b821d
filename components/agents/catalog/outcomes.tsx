import { Button } from '@/components/ui/button'
import { Shape } from '@/components/ui/shape'
import { TextLink } from '@/components/ui/text-link'
import { type Bulk, type NamedOutcome, spoken } from './use-bulk'

const ORDER = { refused: 0, unchanged: 1, done: 2 } as const
const WORDS = { refused: 'refused', unchanged: 'was so already', done: 'done' } as const

/** What became of every agent of the last selection; what was refused stands first, with the reason. */
export function BulkOutcomes(props: { bulk: Bulk }) {
  const { bulk } = props
  if (bulk.task === null) return null
  const outcomes = [...bulk.outcomes].sort((a, b) => ORDER[a.outcome] - ORDER[b.outcome])
  return (
    <section
      aria-label="Outcome of the selection"
      className="flex max-h-[38%] shrink-0 flex-col border-t border-line-2"
    >
      <div className="flex flex-wrap items-center gap-x-3 px-5 py-2 max-sm:px-4">
        <h2 className="font-semibold">{bulk.task.words}</h2>
        <p className="text-ink-2">
          {bulk.working
            ? `${bulk.outcomes.length} of ${bulk.total} tried`
            : `${spoken(bulk.outcomes)}.`}
        </p>
        <span className="ml-auto">
          <Button size="small" tone="quiet" disabled={bulk.working} onClick={bulk.close}>
            Close
          </Button>
        </span>
        {bulk.problem ? (
          <p role="alert" className="w-full text-red">
            {bulk.problem}
          </p>
        ) : null}
      </div>
      <ul className="min-h-0 overflow-y-auto px-5 pb-2 max-sm:px-4">
        {outcomes.map((one) => (
          <Outcome key={one.agentId} one={one} />
        ))}
      </ul>
    </section>
  )
}

function Outcome(props: { one: NamedOutcome }) {
  const { outcome, slug, because } = props.one
  const refused = outcome === 'refused'
  return (
    <li className="flex items-baseline gap-2 border-b border-line py-1 last:border-b-0">
      <Shape
        name={refused ? 'barred-ring' : outcome === 'done' ? 'check' : 'equals'}
        ink={refused ? 'red' : outcome === 'done' ? 'green' : 'grey'}
      />
      <TextLink href={`/agents/${slug}`} prefetch={false}>
        {slug}
      </TextLink>
      <span className={refused ? 'text-red' : 'text-ink-2'}>{because ?? WORDS[outcome]}</span>
    </li>
  )
}
