import 'server-only'
import { command } from '@/lib/command/command'
import { conflict, refused } from '@/lib/core/errors'
import { MAX_DEFINITION_BYTES } from '@/lib/core/limits'
import { applySplice } from '@/lib/definition/splice'
import { applyFixInput } from '../model'
import { lockAgent } from '../queries/lock'
import { locateFinding } from '../queries/on-finding'
import { assess, stopsOf } from '../rules'
import { saveBytes } from './save-draft'
import { refreshCatalog } from './store'

export type AppliedFix = {
  draftId: string
  revision: number
  digest: string
  /** What was done, as the button said it. */
  label: string
  /** The text that went and the text that came; either may be empty. */
  removed: string
  added: string
  /** Errors and blocking findings that the draft still has. */
  left: number
}

/** Longest piece of text that is told back; the editor shows the rest. */
const MAX_TOLD = 400

/**
 * Repairs one finding in the draft of an agent by the splice that the finding carries, as its next
 * revision; opens a draft on the live version where there is none. Refused when the draft stands for
 * other bytes than were shown, and while it is proposed, because an edit would void what people signed.
 */
export const applyFix = command({
  name: 'draft.apply_fix',
  permission: 'draft.edit',
  input: applyFixInput,
  subject: ({ tx, input }) => lockAgent(tx, input.agentId),
  run: async ({ tx, actor, input, subject: agent, now, event }) => {
    if (actor.kind !== 'person') refused('Only a person can edit a draft.')
    if (agent.state === 'retired') refused(`${agent.slug} is retired and cannot be edited.`)
    const { bytes, assessed, setting, draft, finding } = await locateFinding(tx, agent, input)
    if (draft && draft.digest !== input.digest) {
      conflict('The draft has other bytes than this finding was shown on. Look at it again.')
    }
    if (draft?.state === 'proposed') {
      refused('The draft is proposed. An edit would void what people signed; do it in the editor.')
    }
    if (!finding.fix) refused('Nobody but a person can repair this. Open the editor.')
    if (assessed.definition.encoding !== 'utf-8') {
      refused('The file is not UTF-8, so no text can be put into it. Convert it in the editor.')
    }
    const { label, edit } = finding.fix
    const { text } = assessed.definition
    const repaired = Buffer.from(applySplice(text, edit), 'utf8')
    if (repaired.length > MAX_DEFINITION_BYTES) refused('The text would be larger than 1 MB.')
    if (repaired.equals(bytes)) refused('These bytes are repaired already.')
    const after = assess(repaired, setting)
    const part = { tx, now, event }
    const save = { agent, draft, personId: actor.id, bytes: repaired, assessed: after }
    const facts = await saveBytes(part, save)
    if (agent.liveVersionId === null) await refreshCatalog(part, agent, after)
    const [saved] = facts
    const value: AppliedFix = {
      draftId: saved.targets[0]?.id ?? '',
      revision: (draft?.revision ?? 0) + 1,
      digest: after.definition.digest,
      label,
      removed: text.slice(edit.start, edit.end).slice(0, MAX_TOLD),
      added: edit.text.slice(0, MAX_TOLD),
      left: stopsOf(after.findings, []).open,
    }
    return { value, fact: facts }
  },
})
