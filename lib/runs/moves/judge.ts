import { canonicalJson } from '@/lib/core/canonical-json'
import type { Digest } from '@/lib/core/digest'
import { sha256 } from '@/lib/core/sha256'
import { capabilitiesOf } from '@/lib/definition/capabilities'
import type { Definition } from '@/lib/definition/model'
import { parseDefinition } from '@/lib/definition/parse'
import { decideCall, factsOf, type GateDecision } from '../gate'
import type { GatedCommand } from '../model'
import { parseCall } from '../tools/register'
import { commandDigest } from '../workspace/change-set'

/** The pinned definition, read once per move. */
export function readDefinition(bytes: Uint8Array, fileName: string): Definition {
  return parseDefinition(bytes, { path: fileName })
}

/**
 * What the gate says about a call of this definition. `input` is what the model or an approver
 * wrote; `gated` are the commands that its script came to, none before it was tried.
 */
export function judge(
  definition: Definition,
  call: { tool: string; input: unknown; gated: readonly GatedCommand[] },
): GateDecision {
  const ownLimits = definition.claims.restrictedOperations.map((claim) => claim.text)
  return decideCall(
    factsOf({
      tool: call.tool,
      call: parseCall(call.tool, call.input),
      capabilities: capabilitiesOf(definition),
      ownLimits,
      gated: call.gated,
    }),
  )
}

/** Everything that an approval of a held call stands for; any change of it needs a new approval. */
export type HeldCall = {
  runId: string
  callId: string
  definitionDigest: string
  tool: string
  argsDigest: string
  overlayDigest: string
  gated: readonly GatedCommand[]
  rule: string
  ruleVersion: number
}

/** The digest that people sign for one held call: SHA-256 of canonical JSON (RFC 8785). */
export function heldCallDigest(held: HeldCall): Digest {
  const { gated, ...rest } = held
  return sha256(canonicalJson({ ...rest, commands: gated.map(commandDigest) }))
}
