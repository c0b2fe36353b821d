'use client'

import { State } from '@/components/ui/state-shape'
import type { DefinitionContent, RiskTier, ToolFact } from '@/lib/definition/model'
import { counted } from '../marks'
import type { Analysis } from './analysis'
import { FIELDS, type FieldFact, fieldFact } from './fields'
import {
  type ApplyEdit,
  ChoiceField,
  fieldValue,
  NamesField,
  NumberField,
  TextField,
} from './form-fields'
import { FormTools } from './form-tools'
import { Repair } from './repair'

type Props = {
  analysis: Analysis
  live: { number: string; toolNames: readonly string[]; tier: RiskTier } | null
  tools: readonly ToolFact[]
  models: readonly { name: string; title: string }[]
  /** MCP servers of the rulebook; null where the team keeps no list. */
  servers: readonly string[] | null
  disabled: boolean
  apply: ApplyEdit
  onReveal: (line: number) => void
}
type FieldProps = Pick<Props, 'disabled' | 'apply'> & { content: DefinitionContent }

/** Those that stand above; the rest is behind "More fields". */
const FIRST = new Set([
  'name',
  'description',
  'tools',
  'model',
  'permissionMode',
  'mcpServers',
  'maxTurns',
])
const fact = (key: string): FieldFact =>
  fieldFact(key) ?? { key, label: key, about: '', kind: 'text' }

function AnyField(props: FieldProps & { field: FieldFact }) {
  switch (props.field.kind) {
    case 'choice':
      return <ChoiceField {...props} />
    case 'number':
      return <NumberField {...props} />
    case 'names':
      return <NamesField {...props} placeholder="none" />
    default:
      return <TextField {...props} />
  }
}

function Model(props: FieldProps & Pick<Props, 'models'>) {
  const values = props.models.map((one) => [one.name, one.title] as const)
  return (
    <ChoiceField
      {...props}
      field={{ ...fact('model'), values }}
      none="inherited from the session"
    />
  )
}

function McpServers(props: FieldProps & Pick<Props, 'servers'>) {
  const { content, servers } = props
  const said = content.claims.mcpAccess?.entries.length ?? 0
  const unenforced = said > 0 && fieldValue(content, 'mcpServers') === undefined
  return (
    <div>
      <NamesField
        {...props}
        field={fact('mcpServers')}
        placeholder="Inherited from the session. List them to restrict."
        hint={servers && servers.length > 0 ? `Configured: ${servers.join(', ')}` : undefined}
      />
      {unenforced ? (
        <p className="pt-1 text-meta text-amb">
          The text names {counted(said, 'grant')}; nothing enforces that.
        </p>
      ) : null}
    </div>
  )
}

/** A key with its line, which leads there: what the form does not edit is never hidden. */
function KeyLine(props: {
  name: string
  line: number
  words: string
  onReveal: (line: number) => void
}) {
  return (
    <li className="flex min-h-7 items-baseline gap-3 border-b border-line py-1 last:border-b-0">
      <span className="min-w-0 flex-1 font-mono text-mono [overflow-wrap:anywhere]">
        {props.name}
      </span>
      <span className="text-meta text-ink-3">{props.words}</span>
      <button
        type="button"
        className="rounded-tag text-meta text-acc underline underline-offset-2"
        onClick={() => props.onReveal(props.line)}
      >
        line {props.line}
      </button>
    </li>
  )
}

function MoreFields(props: FieldProps & Pick<Props, 'onReveal'>) {
  const { content } = props
  const fields = FIELDS.filter((field) => !FIRST.has(field.key) && field.kind !== 'inText')
  const used = fields.filter((field) => fieldValue(content, field.key) !== undefined)
  const others = content.fields.filter((field) => !fieldFact(field.key))
  const hooks = content.fields.find((field) => field.key === 'hooks')
  return (
    <>
      {content.format === 'claude' || used.length > 0 ? (
        <details className="rounded-box border border-line-2 px-3 py-2" open={used.length > 0}>
          <summary className="text-ink-2">More fields</summary>
          <div className="flex flex-col gap-4 pt-3">
            {fields.map((field) => (
              <AnyField key={field.key} {...props} field={field} />
            ))}
          </div>
        </details>
      ) : null}
      {others.length > 0 || hooks ? (
        <div>
          <h2 className="text-meta text-ink-2">Kept as they are, edited in the text</h2>
          <ul>
            {hooks ? (
              <KeyLine
                name="hooks"
                line={hooks.keyRange.line}
                words="runs commands"
                onReveal={props.onReveal}
              />
            ) : null}
            {others.map((field) => (
              <KeyLine
                key={field.key}
                name={field.key}
                line={field.keyRange.line}
                words="not a documented field"
                onReveal={props.onReveal}
              />
            ))}
          </ul>
        </div>
      ) : null}
    </>
  )
}

function RiskTierLine({ analysis, live }: Pick<Props, 'analysis' | 'live'>) {
  const { risk } = analysis
  return (
    <div>
      <p className="flex justify-between text-meta">
        <span className="text-ink-2">Risk tier</span>
        <span className="text-ink-3">computed</span>
      </p>
      <p className="flex flex-wrap items-center gap-x-2 pt-1">
        {live && live.tier !== risk.tier ? (
          <>
            <State kind="risk" is={live.tier} />
            <span aria-hidden="true">→</span>
            <span className="sr-only">becomes</span>
          </>
        ) : null}
        <State kind="risk" is={risk.tier} />
        <span className="text-ink-2">{risk.reason}</span>
      </p>
    </div>
  )
}

/** The front matter as a form over the same text: each change is a splice, nothing else moves. */
export function FormPane(props: Props) {
  const { analysis, apply } = props
  const { content } = analysis
  const broken = content.frontmatter?.valid === false || content.fields.length === 0
  const disabled = props.disabled || broken
  const field = { content, disabled, apply }
  const description = content.description ?? ''
  return (
    <div className="flex flex-col gap-4">
      {broken ? <Repair content={content} disabled={props.disabled} apply={apply} /> : null}
      <TextField {...field} field={fact('name')} mono needed />
      <TextField
        {...field}
        field={fact('description')}
        rows={4}
        needed
        more={`, ${description.length} characters`}
      />
      <FormTools {...props} disabled={disabled} />
      <Model {...field} models={props.models} />
      <ChoiceField {...field} field={fact('permissionMode')} none="as the session asks" />
      <McpServers {...field} servers={props.servers} />
      <NumberField {...field} field={fact('maxTurns')} />
      <MoreFields {...field} onReveal={props.onReveal} />
      <RiskTierLine {...props} />
    </div>
  )
}
