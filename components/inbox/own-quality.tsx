import { type Clock, dayWords, durationWords } from '@/components/ui/time-words'
import type { OwnQuality } from '@/lib/inbox/model'

/** How the reader decided in the last 90 days, for them alone. What is not recorded is not guessed. */
export default function OwnQualityPart(props: { quality: OwnQuality; clock: Clock }) {
  const { quality, clock } = props
  const { decided, denied, approved, opened, since } = quality
  const share = (part: number, whole: number) => `${Math.round((100 * part) / whole)} %`
  const facts = [
    {
      label: 'Median from asked to decided',
      value: quality.medianMs === null ? null : durationWords(quality.medianMs),
    },
    {
      label: 'Median from opened to decided',
      value: quality.medianReadMs === null ? null : durationWords(quality.medianReadMs),
    },
    {
      label: 'Approved after opening',
      value: approved === 0 ? null : `${share(opened, approved)}, ${opened} of ${approved}`,
    },
    {
      label: 'Denied or sent back',
      value: decided === 0 ? null : `${share(denied, decided)}, ${denied} of ${decided}`,
    },
  ]
  return (
    <section aria-label="How you decide" className="border-b border-line px-4 py-3">
      <h2 className="flex flex-wrap items-baseline gap-x-2 font-semibold">
        How you decide
        <span className="text-meta font-normal text-ink-3">90 days, seen by you alone</span>
      </h2>
      <dl className="grid grid-cols-2 gap-x-4 gap-y-1.5 pt-2">
        {facts.map((fact) => (
          <div key={fact.label}>
            <dt className="text-meta text-ink-2">{fact.label}</dt>
            <dd className={fact.value === null ? 'text-ink-3' : 'font-medium'}>
              {fact.value ?? 'No data'}
            </dd>
          </div>
        ))}
      </dl>
      <p className="pt-2 text-meta text-ink-3">
        {since === null
          ? 'Opening is recorded from your first opened item on.'
          : `Opening is recorded since ${dayWords(Date.parse(since), clock)}; approvals before are not counted.`}
      </p>
    </section>
  )
}
