import { ButtonLink } from '@/components/ui/button'
import { Facts } from '@/components/ui/facts'
import { SectionHead } from '@/components/ui/section'
import { State } from '@/components/ui/state-shape'
import { RowLink, Table, TableHead, Td, Th, Tr } from '@/components/ui/table'
import { TextLink } from '@/components/ui/text-link'
import type { ShownRule } from '@/lib/agents/queries/shown-rules'
import type { CatalogRulePage, RuleMoment, RulePage } from '@/lib/constitution/model'

const MOMENT_WORDS: Record<RuleMoment, string> = {
  definition: 'when defining',
  run: 'when running',
  review: 'when reviewing',
}
const kindWords = (rule: ShownRule) =>
  rule.kind === 'attested' ? 'attested by people' : rule.between ? 'between files' : 'automatic'

/** Every rule with its severity, when it is applied, and how many agents have it now. */
export function RulesScreen(props: { rules: readonly ShownRule[] }) {
  return (
    <Table caption="Rules of the checker" className="max-w-[1080px]">
      <TableHead>
        <Th>Severity</Th>
        <Th>Rule</Th>
        <Th className="max-sm:hidden">Applied</Th>
        <Th className="max-sm:hidden">How</Th>
        <Th right>Agents</Th>
      </TableHead>
      <tbody>
        {props.rules.map((rule) => (
          <Tr key={rule.id}>
            <Td className="w-[104px] py-1.5 align-top whitespace-nowrap">
              <State kind="finding" is={rule.severity} />
            </Td>
            <Td className="py-1.5 [overflow-wrap:anywhere]">
              <RowLink href={`/constitution/rules/${rule.id}`} prefetch={false}>
                {rule.title}
              </RowLink>
              <span className="block font-mono text-mono text-ink-3">{rule.id}</span>
            </Td>
            <Td quiet className="w-[130px] py-1.5 align-top whitespace-nowrap max-sm:hidden">
              {MOMENT_WORDS[rule.moment]}
            </Td>
            <Td quiet className="w-[150px] py-1.5 align-top whitespace-nowrap max-sm:hidden">
              {kindWords(rule)}
            </Td>
            <Td right className="w-[80px] py-1.5 pr-0 align-top">
              {rule.agents > 0 ? rule.agents.toLocaleString('en-GB') : null}
            </Td>
          </Tr>
        ))}
      </tbody>
    </Table>
  )
}

/** One rule: what it says, why, one text that passes and one that fails, and who has it now. */
export function RuleScreen(props: { rule: ShownRule; page: RulePage | CatalogRulePage }) {
  const { rule, page } = props
  return (
    <article className="max-w-[860px]">
      <h2 className="text-title">{rule.title}</h2>
      <p className="flex flex-wrap items-center gap-x-3 gap-y-1 pt-1 text-ink-2">
        <State kind="finding" is={rule.severity} />
        <span className="font-mono text-mono">{rule.id}</span>
      </p>
      <p className="flex flex-wrap items-center gap-3 py-4">
        {rule.agents === 0 ? (
          'No agent has it now.'
        ) : (
          <>
            {rule.agents === 1 ? '1 agent has it now.' : `${rule.agents} agents have it now.`}
            <ButtonLink href={`/agents?rule=${rule.id}`} size="small">
              Show them
            </ButtonLink>
          </>
        )}
      </p>
      <Facts
        labelWidth={110}
        facts={[
          { label: 'Applied', value: MOMENT_WORDS[rule.moment] },
          { label: 'How', value: kindWords(rule) },
          ...(rule.principle === null
            ? []
            : [
                {
                  label: 'Principle',
                  value: (
                    <TextLink href={`/constitution/principles#${rule.principle}`}>
                      {rule.principle}
                    </TextLink>
                  ),
                },
              ]),
        ]}
      />
      <Part title="What it says" text={page.what} />
      <Part title="Why" text={page.why} />
      <Part title="How to fix it" text={page.fix} />
      <Example title="Passes" text={page.passes} />
      <Example title="Fails" text={page.fails} />
    </article>
  )
}

function Part(props: { title: string; text: string }) {
  return (
    <section className="pt-6">
      <SectionHead title={props.title} rule={false} className="pb-0" />
      <p className="max-w-[62ch]">{props.text}</p>
    </section>
  )
}

/** A whole definition as data: shown, never checked again and never run. */
function Example(props: { title: string; text: string | readonly string[] }) {
  const files = typeof props.text === 'string' ? [props.text] : props.text
  return (
    <section className="pt-6">
      <SectionHead
        title={props.title}
        remark={files.length > 1 ? `${files.length} files together` : undefined}
        rule={false}
      />
      {files.map((file) => (
        <pre
          key={file}
          className="mb-2 rounded-box border border-line bg-code px-3 py-2 font-mono text-editor whitespace-pre-wrap [overflow-wrap:anywhere]"
        >
          {file}
        </pre>
      ))}
    </section>
  )
}
