import { SectionHead } from '@/components/ui/section'
import { Time } from '@/components/ui/time'
import type { Clock } from '@/components/ui/time-words'
import type { Absences } from '@/lib/inbox/queries/absences'
import { AbsenceForm, EndAbsence } from './absence-form'

/** On the person's own settings: when they are away, who stands in, and for whom they stand in. */
export function AbsencePart(props: { absences: Absences; clock: Clock }) {
  const { absences, clock } = props
  const { own, standsIn, colleagues } = absences
  return (
    <section aria-labelledby="absence" className="pt-8">
      <SectionHead title="When you are away" id="absence" />
      <p className="max-w-[62ch] pt-2 text-ink-2">
        What needs you then stands in somebody else’s inbox as “for you”. No right moves with it:
        they decide only what they may decide by themselves.
      </p>
      {own.length === 0 ? null : (
        <ul className="pt-2">
          {own.map((one) => (
            <li
              key={one.id}
              className="flex min-h-10 flex-wrap items-center gap-x-3 border-b border-line py-1"
            >
              <span className="min-w-0 flex-1 basis-64">
                <Time at={one.from} clock={clock} show="absolute" /> to{' '}
                <Time at={one.until} clock={clock} show="absolute" />
                <span className="block text-ink-2">
                  <bdi>{one.who}</bdi> stands in
                </span>
              </span>
              <EndAbsence absenceId={one.id} begun={Date.parse(one.from) <= clock.now} />
            </li>
          ))}
        </ul>
      )}
      {standsIn.map((one) => (
        <p key={one.id} className="pt-2 text-ink-2">
          You stand in for <bdi className="font-medium text-ink">{one.who}</bdi> until{' '}
          <Time at={one.until} clock={clock} show="absolute" />.
        </p>
      ))}
      {colleagues.length === 0 ? (
        <p className="pt-2 text-ink-3">
          Nobody else decides what you decide, so nobody can stand in for you.
        </p>
      ) : (
        <AbsenceForm colleagues={colleagues} zone={clock.zone} />
      )}
    </section>
  )
}
