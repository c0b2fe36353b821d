import 'server-only'
import { eq, sql } from 'drizzle-orm'
import { department, installation, person, setupToken } from '@/drizzle/schema/people'
import type { Fact } from '@/lib/audit/catalogue'
import type { Role } from '@/lib/auth/permissions'
import { secretHash } from '@/lib/auth/sessions'
import { command } from '@/lib/command/command'
import { refused } from '@/lib/core/errors'
import { newId, slugify } from '@/lib/core/ids'
import { setUpInput } from '../model'
import { grantPart, type Part, setPasswordPart, startSessionPart } from './parts'

/** What the first person gets, everywhere. Not approver: one's own work needs somebody else. */
const FIRST_ROLES: readonly Role[] = ['administrator', 'author', 'operator', 'auditor', 'viewer']

/**
 * Makes the installation: organisation, first department, first person with a password and a
 * session. Only with the current setup link, and once: throws `refused` afterwards. Returns the id
 * of the session, for the cookie.
 */
export const setUp = command({
  name: 'installation.set-up',
  permission: 'installation.manage',
  input: setUpInput,
  subject: async ({ tx, input }) => {
    const [row] = await tx
      .select({ tokenHash: setupToken.tokenHash })
      .from(setupToken)
      .where(eq(setupToken.tokenHash, secretHash(input.token)))
      .for('update')
    const people = await tx.execute(sql`select 1 from person limit 1`)
    return { departmentId: null, done: people.length > 0, holds: row !== undefined }
  },
  run: async ({ tx, input, subject, now, event }) => {
    if (subject.done) refused('Chancery is set up already. Sign in instead.')
    if (!subject.holds) {
      refused(
        'This setup link was replaced by a newer one. Start Chancery again, or run chancery doctor: both print the link that holds.',
      )
    }
    const part: Part = { tx, now, event }
    const at = { createdAt: now, auditEventId: event }
    const departmentId = newId<'department'>(now.getTime())
    const personId = newId<'person'>(now.getTime())
    await tx.insert(installation).values({ organisation: input.organisation, ...at })
    const slug = slugify(input.department, 'first')
    await tx.insert(department).values({ id: departmentId, slug, name: input.department, ...at })
    const { name, email } = input
    await tx.insert(person).values({ id: personId, name, email, state: 'active', ...at })
    const about = [name, email, input.organisation]
    await setPasswordPart(part, { personId, plain: input.password, about, field: 'password' })
    const granted: Fact[] = []
    for (const role of FIRST_ROLES) {
      const fact = await grantPart(part, { personId, role, departmentId: null })
      if (fact) granted.push(fact)
    }
    await tx.delete(setupToken)
    const { userAgent } = input
    const started = await startSessionPart(part, { personId, via: 'setup', userAgent })
    return {
      value: { sessionId: started.sessionId, personId, departmentId },
      fact: [
        {
          action: 'installation.created',
          targets: [{ t: 'installation', id: 'one' }],
          data: { demo: false },
          private: { organisation: input.organisation },
        },
        {
          action: 'department.created',
          dept: departmentId,
          targets: [{ t: 'department', id: departmentId }],
          data: { slug },
          private: { name: input.department },
        },
        {
          action: 'person.joined',
          targets: [{ t: 'person', id: personId }],
          data: { via: 'setup' },
          private: { name, email },
        },
        ...granted,
        started.fact,
        { action: 'setup.completed', targets: [{ t: 'installation', id: 'one' }], data: {} },
      ],
    }
  },
})
