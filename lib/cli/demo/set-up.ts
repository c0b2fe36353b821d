import 'server-only'
import { sql } from 'drizzle-orm'
import { z } from 'zod'
import { department, installation, person, setupToken } from '@/drizzle/schema/people'
import { DEMO_DEPARTMENTS, DEMO_ORGANISATION, DEMO_PEOPLE } from '@/drizzle/seed/people'
import type { Fact } from '@/lib/audit/catalogue'
import { secretHash } from '@/lib/auth/sessions'
import { command } from '@/lib/command/command'
import { refused } from '@/lib/core/errors'
import { newId } from '@/lib/core/ids'
import { grantPart } from '@/lib/people/commands/parts'

/** Who and where: ids by the keys of the seed. */
export type DemoIds = { people: Record<string, string>; departments: Record<string, string> }

/**
 * Opens an empty installation as a demonstration: organisation, departments, people without
 * passwords. Only with the current setup link. From then on the log accepts past times, for ever,
 * and says in its first fact that it is a demonstration.
 */
export const setUpDemo = command({
  name: 'installation.set-up-demo',
  permission: 'installation.manage',
  input: z.strictObject({ token: z.string().min(1).max(200) }),
  subject: async ({ tx, input }) => {
    const held = await tx.execute(
      sql`select 1 from setup_token where token_hash = ${secretHash(input.token)} for update`,
    )
    const people = await tx.execute(sql`select 1 from person limit 1`)
    if (people.length > 0) refused('Chancery is set up already. Sign in instead.')
    if (held.length === 0)
      refused('This setup link was replaced by a newer one. Use the last one printed.')
    return { departmentId: null }
  },
  run: async ({ tx, now, event }) => {
    await tx.execute(sql`select audit.mark_demo()`)
    const at = { createdAt: now, auditEventId: event }
    await tx.insert(installation).values({ organisation: DEMO_ORGANISATION, demo: true, ...at })
    const ids: DemoIds = { people: {}, departments: {} }
    for (const { key, name } of DEMO_DEPARTMENTS) {
      const id = newId<'department'>(now.getTime())
      ids.departments[key] = id
      await tx.insert(department).values({ id, slug: key, name, ...at })
    }
    const granted: Fact[] = []
    for (const made of DEMO_PEOPLE) {
      const id = newId<'person'>(now.getTime())
      ids.people[made.key] = id
      const { name, email } = made
      await tx.insert(person).values({ id, name, email, state: 'active', demo: true, ...at })
      for (const grant of made.roles) {
        const departmentId = grant.in === 'everywhere' ? null : (ids.departments[grant.in] ?? null)
        const given = { personId: id, role: grant.role, departmentId }
        const fact = await grantPart({ tx, now, event }, given)
        if (fact) granted.push(fact)
      }
    }
    await tx.delete(setupToken)
    const about = [{ t: 'installation' as const, id: 'one' }]
    const created: Fact = {
      action: 'installation.created',
      targets: about,
      data: { demo: true },
      private: { organisation: DEMO_ORGANISATION },
    }
    return { value: ids, fact: [created, ...granted] }
  },
})
