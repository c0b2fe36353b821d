import clsx from 'clsx'
import type { ReactNode } from 'react'
import { State } from '@/components/ui/state-shape'
import type { ToolFact } from '@/lib/definition/model'

/** What is said right of a tool, and whether its row asks for attention. */
export type ToolRemark = { words: ReactNode; tone: 'widens' | 'care' | 'removed' | 'plain' }

/**
 * The tools of the catalog as boxes, what is granted first. `remarks` tells what a tick changes
 * against the live version; without them the risk stands there.
 */
export function ToolTicks(props: {
  tools: readonly ToolFact[]
  chosen: readonly string[]
  label?: string
  source?: ReactNode
  hint?: ReactNode
  disabled?: boolean
  remarkOf?: (name: string) => ToolRemark | null
  onToggle: (name: string, on: boolean) => void
}) {
  const { tools, chosen } = props
  return (
    <fieldset className="min-w-0">
      <legend className="sr-only">{props.label ?? 'Tools'}</legend>
      <div className="flex items-baseline justify-between gap-3 pb-1 text-meta" aria-hidden="true">
        <span className="text-ink-2">{props.label ?? 'Tools'}</span>
        {props.source ? <span className="text-ink-3">{props.source}</span> : null}
      </div>
      <div
        // Disabled boxes take no focus, so the list itself must, or a keyboard could not scroll it.
        tabIndex={props.disabled ? 0 : undefined}
        className="max-h-[264px] overflow-y-auto rounded-box border border-line-2"
      >
        {tools.map((tool) => (
          <ToolTick
            key={tool.name}
            tool={tool}
            on={chosen.includes(tool.name)}
            remark={props.remarkOf?.(tool.name) ?? null}
            disabled={props.disabled === true}
            onToggle={props.onToggle}
          />
        ))}
      </div>
      {props.hint ? <p className="pt-1.5 text-meta text-ink-3">{props.hint}</p> : null}
    </fieldset>
  )
}

function ToolTick(props: {
  tool: ToolFact
  on: boolean
  remark: ToolRemark | null
  disabled: boolean
  onToggle: (name: string, on: boolean) => void
}) {
  const { tool, on, remark } = props
  const removed = remark?.tone === 'removed'
  return (
    <label
      className={clsx(
        'flex min-h-8 items-center gap-3 border-b border-line px-2.5 last:border-b-0 max-sm:min-h-11',
        remark?.tone === 'care' && 'bg-amb-soft',
      )}
    >
      <input
        type="checkbox"
        className="tick"
        checked={on}
        disabled={props.disabled}
        onChange={(event) => props.onToggle(tool.name, event.target.checked)}
      />
      <span
        className={clsx(
          'w-[38%] min-w-0 truncate font-mono text-mono',
          removed && 'text-ink-3 line-through',
        )}
        title={tool.name}
      >
        {tool.name}
      </span>
      <span
        className={clsx(
          'min-w-0 flex-1 truncate',
          removed ? 'text-ink-3 line-through' : 'text-ink-2',
        )}
        title={tool.meaning}
      >
        {tool.meaning}
      </span>
      {remark ? (
        <span
          className={clsx(
            'inline-flex shrink-0 items-center gap-2 text-meta',
            remark.tone === 'removed' && 'text-grn',
            remark.tone === 'widens' && 'text-ink-2',
            remark.tone === 'care' && 'text-amb',
          )}
        >
          {remark.tone === 'removed' || remark.tone === 'plain' ? null : (
            <State kind="risk" is={tool.risk} hideWord />
          )}
          {remark.words}
        </span>
      ) : (
        <State kind="risk" is={tool.risk} hideWord className="shrink-0" />
      )}
    </label>
  )
}
