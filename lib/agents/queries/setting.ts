import 'server-only'
import { eq } from 'drizzle-orm'
import { department } from '@/drizzle/schema/people'
import { currentRulebook } from '@/lib/constitution/queries'
import { db } from '@/lib/db/client'
import type { Tx } from '@/lib/db/transaction'
import type { CheckSetting } from '../rules'

/** Under what the files of an agent are checked now: rulebook in force, its department, its name. */
export async function settingOf(
  tx: Tx | null,
  agent: { departmentId: string; fileName: string },
): Promise<CheckSetting> {
  const [row] = await (tx ?? db())
    .select({ slug: department.slug })
    .from(department)
    .where(eq(department.id, agent.departmentId))
  const rulebook = await currentRulebook(tx ?? undefined)
  return { rulebook, department: row?.slug ?? null, path: agent.fileName }
}
