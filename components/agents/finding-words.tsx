import { State } from '@/components/ui/state-shape'
import { TextLink } from '@/components/ui/text-link'
import type { Finding } from '@/lib/constitution/model'
import { Evidence } from './evidence'

/** One finding by itself: how bad, what, which rule says so, and the words it means. */
export function FindingWords(props: {
  finding: Pick<Finding, 'severity' | 'message' | 'rule' | 'lines'>
}) {
  const { finding } = props
  return (
    <div className="flex gap-x-4 border-b border-line py-2 max-sm:flex-wrap">
      <State kind="finding" is={finding.severity} className="h-5 w-[72px] shrink-0" />
      <div className="min-w-0 flex-1 max-sm:basis-full">
        <p className="flex flex-wrap items-baseline gap-x-2.5">
          <strong className="font-semibold [overflow-wrap:anywhere]">
            <bdi>{finding.message}</bdi>
          </strong>
          <TextLink href={`/constitution/rules/${finding.rule}`}>
            <code className="text-mono">{finding.rule}</code>
          </TextLink>
        </p>
        <Evidence finding={finding} />
      </div>
    </div>
  )
}
