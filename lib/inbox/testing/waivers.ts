import { openProposal } from '@/lib/agents/commands/open-proposal'
import { requestWaiver } from '@/lib/agents/commands/request-waiver'
import { checkOf } from '@/lib/agents/queries/check'
import { agentFacts } from '@/lib/agents/queries/page'
import { importText, liveDraftOf, publishDraft } from '@/lib/agents/testing/agents'
import { aDefinition } from '@/lib/agents/testing/definitions'
import type { PersonActor } from '@/lib/auth/actor'
import { fingerprintOf } from '@/lib/constitution/fingerprint'
import { localDate } from '@/lib/core/time'

const DAY_MS = 86_400_000
export const inDays = (days: number) => localDate(new Date(Date.now() + days * DAY_MS))

/** The text of an agent that is granted Bash and Write, which its own words do not authorise. */
export const strayText = (name: string, more: { description?: string; tools?: string } = {}) =>
  aDefinition({ name, tools: 'Read, Bash, Write', authorised: 'Read', ...more })

/** An imported agent with one error finding that can be repaired and excused. */
export async function anAgentWithAnError(
  author: PersonActor,
  given: { departmentId: string; name: string },
) {
  const { departmentId, name } = given
  const path = `agents/${name}.md`
  const { slug } = await importText(author, departmentId, { path, text: strayText(name) })
  return { slug, ...(await theError(author, slug)) }
}

/** The error that the draft of an agent has: what a waiver or a fix is asked for by. */
export async function theError(author: PersonActor, slug: string) {
  const facts = await agentFacts(author, slug)
  const draft = await liveDraftOf(author, slug)
  const check = await checkOf(draft.digest, facts)
  const error = check?.findings.find((one) => one.severity === 'error')
  if (!error) throw new Error(`${slug} has no error.`)
  const fingerprint = fingerprintOf(error)
  return { agentId: facts.id, digest: draft.digest, fingerprint, endsOn: inDays(10), error }
}
export type TheError = Awaited<ReturnType<typeof theError>>

/** Asks to excuse it. */
export async function waiverAsked(
  by: PersonActor,
  of: Pick<TheError, 'agentId' | 'digest' | 'fingerprint' | 'endsOn'> & { ownerId: string },
) {
  const { agentId, digest, fingerprint, endsOn, ownerId } = of
  const reason = 'The release is tomorrow; the text follows on Monday.'
  const input = { agentId, digest, fingerprint, endsOn, ownerId, reason }
  return (await requestWaiver.execute(by, input)).value
}

/** Proposes the draft of an agent as it is. */
export async function proposeDraft(author: PersonActor, slug: string) {
  const draft = await liveDraftOf(author, slug)
  const input = { draftId: draft.id, revision: draft.revision, message: 'As it is.' }
  return (await openProposal.execute(author, input)).value
}

/** Publishes the draft of an agent and returns the agent's id. */
export async function published(plan: {
  author: PersonActor
  approver: PersonActor
  slug: string
}): Promise<string> {
  await publishDraft({ ...plan, message: 'First.' })
  return (await agentFacts(plan.author, plan.slug)).id
}
