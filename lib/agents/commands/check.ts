import 'server-only'
import { command, UNCHANGED } from '@/lib/command/command'
import { checkAgentInput } from '../model'
import { bytesOf, lockAgent } from '../queries/lock'
import { settingOf } from '../queries/setting'
import { assess, catalogColumns } from '../rules'
import { refreshCatalog, storeDefinition } from './store'

/**
 * Checks the definition of one agent again under the rulebook in force, and brings its row up to the
 * verdict. What says the same as before changes nothing and leaves no fact.
 */
export const checkAgent = command({
  name: 'agent.check',
  permission: 'agent.check',
  input: checkAgentInput,
  subject: ({ tx, input }) => lockAgent(tx, input.agentId),
  run: async ({ tx, subject, now, event }) => {
    const bytes = await bytesOf(tx, subject.digest)
    const assessed = assess(bytes, await settingOf(tx, subject))
    await storeDefinition({ tx, now, event }, bytes, assessed)
    const { errors, warnings, notes, ...others } = catalogColumns(assessed, subject.slug)
    const columns = { errors, warnings, notes, ...others }
    const value = { errors, warnings, notes }
    const differs = Object.entries(columns).some(
      ([column, is]) =>
        JSON.stringify(is) !== JSON.stringify(subject[column as keyof typeof subject]),
    )
    if (!differs) return { value, fact: UNCHANGED }
    await refreshCatalog({ tx, now, event }, subject, assessed)
    return {
      value,
      fact: {
        action: 'agent.checked',
        dept: subject.departmentId,
        targets: [{ t: 'agent', id: subject.id }],
        data: {
          digest: subject.digest,
          constitution: assessed.constitutionHash,
          errors,
          warnings,
          notes,
        },
      },
    }
  },
})
