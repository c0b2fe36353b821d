import 'server-only'
import { sql } from 'drizzle-orm'
import type { PersonActor } from '@/lib/auth/actor'
import { actorForPerson } from '@/lib/auth/sessions'
import { invalid } from '@/lib/core/errors'
import { db } from '@/lib/db/client'

/**
 * Who a command acts for: the person named with `--as`, else the one administrator there is. Whoever
 * can run this on the machine can read its data folder, so no password is asked; every fact says
 * that it came through the command line.
 */
export async function cliPerson(email: string | undefined): Promise<PersonActor> {
  if (email !== undefined) {
    const named = await actorForPerson({ email }, 'cli')
    return named ?? invalid(`Nobody active has the e-mail ${email}.`)
  }
  const rows = await db().execute<{ id: string }>(sql`
    select distinct p.id from person p join role_grant g on g.person_id = p.id
    where g.role = 'administrator' and g.revoked_at is null and g.department_id is null
      and p.state = 'active' limit 2`)
  const [only, another] = rows
  if (!only)
    invalid('Nobody has an account yet. Run "chancery start" and open the setup link first.')
  if (another) invalid('There are several administrators. Name one with --as <e-mail>.')
  const person = await actorForPerson({ id: only.id }, 'cli')
  return person ?? invalid('The administrator is not active.')
}

/** A department by slug; without one, the only department there is. */
export async function cliDepartment(slug: string | undefined): Promise<string> {
  const rows = await db().execute<{ id: string; slug: string }>(
    sql`select id, slug from department order by slug`,
  )
  const names = rows.map((row) => row.slug).join(', ')
  if (slug === undefined) {
    if (rows.length !== 1) invalid(`Name a department with --department: ${names || 'none yet'}.`)
    return rows[0]?.id ?? ''
  }
  const found = rows.find((row) => row.slug === slug)
  return found?.id ?? invalid(`There is no department ${slug}. There are: ${names}.`)
}
