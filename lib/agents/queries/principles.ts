import 'server-only'
import { type Coverage, coverageOf } from '@/lib/constitution/coverage'
import { contextOf } from '@/lib/constitution/model'
import type { Excuse } from '@/lib/constitution/waivers'
import { parseDefinition } from '@/lib/definition/parse'
import { storedBytes } from './check'
import { settingOf } from './setting'

export type PrincipleLine = { slug: string; title: string; says: Coverage }

/**
 * What the definition that speaks for an agent says of each principle; null where the file rests on
 * no constitution, which is no failing. The caller has checked that the agent may be read.
 */
export async function principlesOf(
  agent: { digest: string; departmentId: string; fileName: string },
  excuses: readonly Excuse[],
): Promise<PrincipleLine[] | null> {
  const bytes = await storedBytes(agent.digest)
  if (bytes === null) return null
  const { rulebook, department } = await settingOf(null, agent)
  const definition = parseDefinition(bytes, { path: agent.fileName })
  const cells = coverageOf(definition, contextOf(rulebook, department), excuses)
  const lines = rulebook.content.principles.flatMap(({ slug, title }, at) => {
    const says = cells[at]
    return says === undefined || says.is === 'silent' ? [] : [{ slug, title, says }]
  })
  return lines.length === 0 ? null : lines
}
