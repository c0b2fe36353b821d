import { Table, TableHead, Td, Th, Tr } from '@/components/ui/table'
import { TextLink } from '@/components/ui/text-link'
import { APPROVERS, type ApprovalRuleFact } from '@/lib/approvals/model'
import { countWords, KIND_WORDS } from '@/lib/inbox/rules/words'

/** Who must agree to what. Of all rules that apply to an item the strictest part holds. */
export function ApprovalRules(props: { rules: readonly ApprovalRuleFact[]; documentHref: string }) {
  return (
    <div className="max-w-[960px]">
      <p className="max-w-[62ch] pb-3 text-ink-2">
        Of every rule that applies the strictest part holds: for each group the most people, the
        earliest deadline. Rules are edited in the{' '}
        <TextLink href={props.documentHref}>document</TextLink> under <code>approvals</code>, and a
        change of them is decided under those in force. Groups are kept under{' '}
        <TextLink href="/people/groups">People</TextLink>.
      </p>
      <Table caption="Approval rules">
        <TableHead>
          <Th>Rule</Th>
          <Th>When</Th>
          <Th>Who must agree</Th>
          <Th className="max-sm:hidden">Within</Th>
          <Th className="max-sm:hidden">Silence</Th>
        </TableHead>
        <tbody>
          {props.rules.map((rule) => (
            <Tr key={rule.id}>
              <Td className="py-1.5 align-top">
                <bdi className="font-medium">{rule.title}</bdi>
                <span className="block font-mono text-mono text-ink-3">{rule.id}</span>
              </Td>
              <Td className="max-w-[46ch] py-1.5 align-top">{whenWords(rule.when)}</Td>
              <Td className="py-1.5 align-top">
                {rule.seats.map((seat) => (
                  <span key={seat.group} className="block">
                    {seat.group === APPROVERS
                      ? countWords(seat.people, 'approver')
                      : `${seat.people} of ${seat.group}`}
                  </span>
                ))}
              </Td>
              <Td quiet className="py-1.5 align-top whitespace-nowrap max-sm:hidden">
                {rule.deadlineHours === null ? '' : `${rule.deadlineHours} h`}
              </Td>
              <Td quiet className="py-1.5 align-top max-sm:hidden">
                {rule.silence === 'deny' ? 'denies' : 'waits'}
              </Td>
            </Tr>
          ))}
        </tbody>
      </Table>
    </div>
  )
}

/** "Definition of critical risk, of data, that adds Bash": the conditions in the order of a sentence. */
function whenWords(when: ApprovalRuleFact['when']): string {
  const either = (words: readonly string[]) => words.join(' or ')
  const parts = [
    when.kinds.length > 0 ? either(when.kinds.map((kind) => KIND_WORDS[kind])) : 'Anything',
    when.changes.length > 0 ? `that is ${either(when.changes)}` : '',
    when.risks.length > 0 ? `of ${either(when.risks)} risk` : '',
    when.departments.length > 0 ? `in ${either(when.departments)}` : '',
    when.adds.length > 0 ? `that adds ${either(when.adds)}` : '',
    when.fields.length > 0 ? `that touches ${either(when.fields)}` : '',
    when.gates.length > 0 ? `held by ${either(when.gates)}` : '',
    when.loosens ? 'that weakens a gate' : '',
  ]
  return parts.filter((part) => part !== '').join(' ')
}
