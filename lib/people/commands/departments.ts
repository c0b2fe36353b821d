import 'server-only'
import { department } from '@/drizzle/schema/people'
import { command } from '@/lib/command/command'
import { conflict } from '@/lib/core/errors'
import { newId, slugify } from '@/lib/core/ids'
import { createDepartmentInput } from '../model'

/** Makes a department. Its slug comes from the name; throws `conflict` when that is taken. */
export const createDepartment = command({
  name: 'department.create',
  permission: 'department.create',
  input: createDepartmentInput,
  subject: async () => ({ departmentId: null }),
  run: async ({ tx, input, now, event }) => {
    const id = newId<'department'>(now.getTime())
    const slug = slugify(input.name, `department-${id.slice(-8)}`)
    const made = await tx
      .insert(department)
      .values({ id, slug, name: input.name, createdAt: now, auditEventId: event })
      .onConflictDoNothing()
      .returning({ id: department.id })
    if (made.length === 0) conflict('A department of this name exists already.')
    return {
      value: { id, slug },
      fact: {
        action: 'department.created',
        dept: id,
        targets: [{ t: 'department', id }],
        data: { slug },
        private: { name: input.name },
      },
    }
  },
})
