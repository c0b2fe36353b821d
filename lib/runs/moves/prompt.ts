import type { Capabilities, Definition } from '@/lib/definition/model'
import { decideCall } from '../gate'
import { TOOL_NAMES, type ToolName } from '../tools/register'
import type { Manifest } from '../workspace/snapshot'

const SHOWN_WITHHELD = 50

/**
 * What the model is told first: the body of the pinned definition as it is, then where it works.
 * Made from pinned data only, so the same run always gives the same words.
 */
export function systemPrompt(definition: Definition, manifest: Manifest): string {
  const body = definition.text.slice(definition.body.range.start, definition.body.range.end).trim()
  const withheld = manifest.withheld.map((entry) => entry.path)
  const rest =
    withheld.length > SHOWN_WITHHELD ? ` and ${withheld.length - SHOWN_WITHHELD} more` : ''
  const place = [
    'You work in a copy of the workspace at /workspace. Nothing reaches the real files before a',
    'person has approved your change-set. Commands that leave the copy are held for approval. A',
    'denied call comes back with the reason; do not try the same by another way.',
    withheld.length === 0
      ? ''
      : `Not in the copy: ${withheld.slice(0, SHOWN_WITHHELD).join(', ')}${rest}.`,
  ]
  return `${body}\n\n${place.join('\n').trim()}`
}

/** The tools that a model is offered: those that the gate would not deny outright. */
export function offeredTools(capabilities: Capabilities): ToolName[] {
  return TOOL_NAMES.filter((tool) => {
    const granted =
      capabilities.inheritsAll || capabilities.tools.some((grant) => grant.base === tool)
    const facts = { tool, granted, outsideGrant: null, outside: [], gated: [], ownLimits: [] }
    const denied = capabilities.denied.includes(tool)
    return !denied && decideCall({ ...facts, valid: true, sentence: null }).verdict !== 'denied'
  })
}
