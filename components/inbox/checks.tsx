import { SectionHead } from '@/components/ui/section'
import { Shape } from '@/components/ui/shape'
import { State } from '@/components/ui/state-shape'
import { Table, Td, Tr } from '@/components/ui/table'
import { shortDigest } from '@/lib/core/digest'
import type { ProposalSubject } from '@/lib/inbox/model'
import { countWords } from '@/lib/inbox/rules/words'

/** What the checker says of the proposed bytes: failing rules in full, passed ones as a count. */
export function Checks(props: { proposal: ProposalSubject; digest: string }) {
  const { proposal } = props
  const { findings } = proposal
  return (
    <section className="pt-6">
      <SectionHead
        title="Checks"
        remark={`on ${shortDigest(props.digest)} under constitution ${proposal.constitution.label}`}
        aside={`${countWords(proposal.passed, 'rule')} passed`}
      />
      {findings.length === 0 ? (
        <p className="flex items-center gap-2 py-2 text-ink-2">
          <Shape name="check" ink="green" />
          No finding. What a rule cannot check, people attest by signing.
        </p>
      ) : (
        <Table caption="Findings of the proposed definition">
          <thead className="sr-only">
            <tr>
              <th scope="col">Severity</th>
              <th scope="col">Rule</th>
              <th scope="col">Finding</th>
              <th scope="col">Line</th>
            </tr>
          </thead>
          <tbody>
            {findings.map((finding, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: findings are in a fixed order
              <Tr key={index}>
                <Td className="w-[92px] whitespace-nowrap">
                  <State kind="finding" is={finding.severity} />
                </Td>
                <Td className="w-[150px] py-1.5 font-mono text-mono [overflow-wrap:anywhere] @max-[560px]/item:hidden">
                  {finding.rule}
                </Td>
                <Td className="py-1.5 [overflow-wrap:anywhere]">
                  <bdi>{finding.message}</bdi>
                </Td>
                <Td right className="w-[64px] pr-0 whitespace-nowrap">
                  {finding.line === null ? null : (
                    <a
                      href={`#text-${finding.line}`}
                      className="rounded-tag text-acc hover:underline"
                    >
                      line {finding.line}
                    </a>
                  )}
                </Td>
              </Tr>
            ))}
          </tbody>
        </Table>
      )}
    </section>
  )
}
