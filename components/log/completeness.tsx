import { DigestText } from '@/components/ui/digest-text'
import { TallyMark } from '@/components/ui/tally'
import { Time } from '@/components/ui/time'
import type { Clock } from '@/components/ui/time-words'
import type { LogSummary } from '@/lib/audit/queries/summary'

/** The first question of an auditor: how much is sealed, when, and is anything wrong. */
export function Completeness(props: { summary: LogSummary; clock: Clock }) {
  const { summary, clock } = props
  const [newest] = summary.checkpoints
  const broken = summary.integrity.state === 'stopped'
  const marks = [...summary.checkpoints].reverse()
  return (
    <section
      aria-label="Completeness"
      className="flex flex-wrap items-end justify-between gap-x-8 gap-y-3 px-5 pt-4 pb-3 max-sm:px-4"
    >
      <div className="min-w-0">
        <h2 className={`text-title ${broken ? 'text-red' : ''}`}>{titleOf(summary)}</h2>
        {newest ? (
          <p className="flex flex-wrap items-center gap-x-2 text-ink-2">
            Root <DigestText digest={newest.root.slice(0, 16)} columns={2} /> · signed{' '}
            <Time at={newest.at} clock={clock} />
          </p>
        ) : null}
        <p className="text-ink-2">{remarkOf(summary)}</p>
      </div>
      {marks.length > 1 ? (
        <ol aria-label="Newest checkpoints" className="flex gap-6 max-lg:hidden">
          {marks.map((head) => (
            <li key={head.size} className="flex flex-col items-end gap-1 text-meta text-ink-3">
              <TallyMark digest={head.root} rule={{ state: 'sealed' }} />
              {head.size.toLocaleString('en-GB')}
            </li>
          ))}
        </ol>
      ) : null}
    </section>
  )
}

function titleOf(summary: LogSummary): string {
  if (summary.integrity.state === 'stopped') return 'Sealing has stopped'
  const [newest] = summary.checkpoints
  if (!newest) return 'Nothing is sealed yet'
  return `Sealed at ${newest.size.toLocaleString('en-GB')} facts`
}

function remarkOf(summary: LogSummary): string {
  const { integrity, waiting, lagSeconds } = summary
  if (integrity.state === 'stopped') {
    return `${integrity.detail ?? integrity.code ?? ''} Nothing is lost; run chancery verify.`
  }
  if (waiting === 0) return 'Every recorded fact has its place.'
  const words = waiting === 1 ? '1 fact waits' : `${waiting} facts wait`
  return lagSeconds > 30
    ? `${words} for ${lagSeconds} s: no worker seals them.`
    : `${words} to be sealed.`
}
