import { Tally } from '@/components/ui/tally'
import { TextLink } from '@/components/ui/text-link'
import { Time } from '@/components/ui/time'
import type { Clock } from '@/components/ui/time-words'
import type { LogSummary } from '@/lib/audit/queries/summary'

/** At the foot: whether the log proves itself, up to where, since when. */
export function IntegrityLine(props: { log: LogSummary; clock: Clock }) {
  const { log, clock } = props
  const [newest] = log.checkpoints
  const broken = log.integrity.state === 'stopped'
  return (
    <section
      aria-label="Integrity of the log"
      className="flex shrink-0 flex-wrap items-center gap-x-5 gap-y-1 border-t border-line-2 px-6 py-1.5 text-meta max-sm:hidden"
    >
      {newest === undefined ? (
        <span className="text-ink-2">
          The log has no checkpoint yet. It is made within seconds.
        </span>
      ) : (
        <>
          <Tally digest={newest.root} rule={{ state: broken ? 'broken' : 'sealed' }} />
          <span>
            Log {broken ? 'was' : 'is'} complete at{' '}
            <strong className="font-semibold">{newest.size.toLocaleString('en-GB')}</strong> facts
          </span>
          <span className="text-ink-2">
            Checkpoint <Time at={newest.at} clock={clock} />, signed
          </span>
        </>
      )}
      {log.waiting > 0 ? (
        <span className="text-ink-2">{log.waiting.toLocaleString('en-GB')} being sealed</span>
      ) : null}
      {broken ? (
        <strong className="font-medium text-red">
          Sealing stopped: {log.integrity.detail ?? log.integrity.code ?? 'no reason given'}
        </strong>
      ) : null}
      <TextLink href="/log" className="ml-auto">
        Open the log
      </TextLink>
    </section>
  )
}
