import { counted } from '@/components/agents/marks'
import { SectionHead } from '@/components/ui/section'
import { Shape } from '@/components/ui/shape'
import type { ShapeInk, ShapeName } from '@/components/ui/state-words'
import { Table, TableHead, Td, Th, Tr } from '@/components/ui/table'
import { TextLink } from '@/components/ui/text-link'
import type { DepartmentPage, HeldTool } from '@/lib/agents/queries/departments'
import type { PolicyVerdict } from '@/lib/constitution/model'

const VERDICTS: Record<PolicyVerdict, { shape: ShapeName; ink: ShapeInk; word: string }> = {
  allowed: { shape: 'check', ink: 'green', word: 'Allowed' },
  conditional: { shape: 'half-diamond', ink: 'amber', word: 'With a reason' },
  forbidden: { shape: 'barred-ring', ink: 'red', word: 'Forbidden' },
}

/** What the policy says of each tool, and how many agents of the department name it. */
export function PolicyTable(props: { page: DepartmentPage; list: string }) {
  const { page, list } = props
  const against = page.tools.filter((one) => one.verdict === 'forbidden' && one.agents > 0)
  return (
    <section>
      <SectionHead title="Tools" remark={remarkOf(page, against)} rule={false} />
      {page.tools.length === 0 ? (
        <p className="border-t border-line-2 pt-2 text-ink-2">No agent here names a tool.</p>
      ) : (
        <Table caption="Tools: policy and what is held">
          <TableHead>
            <Th>Tool</Th>
            <Th>Policy</Th>
            <Th right>Named by</Th>
          </TableHead>
          <tbody>
            {page.tools.map((one) => (
              <ToolRow key={one.tool} of={one} list={list} judged={page.policy !== null} />
            ))}
          </tbody>
        </Table>
      )}
      {page.inheriting > 0 ? (
        <p className="pt-2 text-ink-2">
          <TextLink href={`${list}&tool=*`}>{counted(page.inheriting, 'agent')}</TextLink> inherit
          every tool, whatever this table says.
        </p>
      ) : null}
    </section>
  )
}

function remarkOf(page: DepartmentPage, against: readonly HeldTool[]): string | null {
  if (page.policy === null) return null
  if (against.length === 0) return 'no agent names a forbidden one'
  return `${against.map((one) => one.tool).join(', ')} against the policy`
}

/** Without a policy there is no verdict to show: the cell stays blank. */
function ToolRow(props: { of: HeldTool; list: string; judged: boolean }) {
  const { of, list } = props
  const { shape, ink, word } = VERDICTS[of.verdict]
  const against = of.verdict === 'forbidden' && of.agents > 0
  return (
    <Tr>
      <Td className="max-w-[26ch] truncate font-mono text-mono">
        <TextLink href={`/agents/reach?${new URLSearchParams({ tool: of.tool })}`} title={of.tool}>
          <bdi>{of.tool}</bdi>
        </TextLink>
      </Td>
      <Td>
        {props.judged ? (
          <span className="inline-flex items-center gap-1.5 whitespace-nowrap">
            <Shape name={shape} ink={ink} />
            {word}
            {of.listed ? null : <span className="text-ink-3 max-sm:hidden">not listed</span>}
          </span>
        ) : null}
      </Td>
      <Td right>
        {of.agents === 0 ? null : (
          <TextLink
            href={`${list}&${new URLSearchParams({ tool: of.tool })}`}
            className={against ? 'font-medium text-red' : ''}
          >
            {counted(of.agents, 'agent')}
          </TextLink>
        )}
      </Td>
    </Tr>
  )
}
