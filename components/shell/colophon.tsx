import clsx from 'clsx'
import { Tally } from '@/components/ui/tally'
import { Time } from '@/components/ui/time'
import type { Clock } from '@/components/ui/time-words'
import type { ColophonData } from './shell-data'

const COUNT = new Intl.NumberFormat('en-GB')

/** The state of the log in one sentence. */
export function colophonWords(log: ColophonData): string {
  if (log.state === 'broken') return 'Log is broken'
  if (log.root === null) return 'Log not sealed yet'
  return log.state === 'open'
    ? `${COUNT.format(log.size)} facts, being sealed`
    : `Log sealed at ${COUNT.format(log.size)} facts`
}

/**
 * The foot of the sidebar: the seal of the log's root, its size, the age of the checkpoint. Red,
 * with the reason, when the log does not prove itself. Below 900 px only the seal is left.
 */
export function Colophon(props: { log: ColophonData; clock: Clock }) {
  const { log, clock } = props
  const broken = log.state === 'broken'
  return (
    <section
      aria-label="Audit log"
      className="mx-2 border-t border-line px-2 pt-[7px] pb-2.5 text-meta max-md:mx-0 max-md:px-2"
    >
      {log.root === null ? null : (
        <>
          <Tally
            digest={log.root}
            rule={{ state: broken ? 'broken' : log.state === 'open' ? 'none' : 'sealed' }}
            className="max-md:hidden"
          />
          <Tally
            digest={log.root}
            digits={false}
            rule={{ state: broken ? 'broken' : log.state === 'open' ? 'none' : 'sealed' }}
            className="md:hidden"
          />
        </>
      )}
      <p className={clsx('max-md:sr-only', broken ? 'font-medium text-red' : 'text-ink-2')}>
        {colophonWords(log)}
      </p>
      <p className={clsx('max-md:sr-only', broken ? 'text-red' : 'text-ink-3')}>
        {broken ? (log.reason ?? 'The check gave no reason. Open the log.') : null}
        {!broken && log.checkpointAt !== null ? (
          <>
            Checkpoint <Time at={log.checkpointAt} clock={clock} />
          </>
        ) : null}
        {!broken && log.checkpointAt === null ? 'No checkpoint yet' : null}
      </p>
    </section>
  )
}
