import 'server-only'
import { sql } from 'drizzle-orm'
import type { LogRow } from '@/lib/audit/queries/list'
import { isId } from '@/lib/core/ids'
import { db } from '@/lib/db/client'

export type Names = {
  /** What a thing is called, and where it is read; undefined where it has neither. */
  get: (type: string, id: string) => { name: string; href: string | null } | undefined
}
type Row = { type: string; id: string; name: string; href: string | null }

/**
 * What the people and things of some facts are called now. Names stand outside the log, so this is
 * a look at today's rows; an id without one is shown as an id. Every lookup is by primary key.
 */
export async function namesFor(rows: readonly LogRow[]): Promise<Names> {
  const ids = [
    ...new Set(
      rows.flatMap((row) => [
        row.leaf.actor.id,
        row.leaf.dept ?? '',
        ...row.leaf.tgt.map((target) => target.id),
      ]),
    ),
  ].filter(isId)
  if (ids.length === 0) return { get: () => undefined }
  const wanted = sql`any(${`{${ids.join(',')}}`}::uuid[])`
  const found = await db().execute<Row>(sql`
    select 'person' as type, id, name, '/people/' || id as href from person where id = ${wanted}
    union all select 'department', id, name, null from department where id = ${wanted}
    union all select 'agent', id, slug, '/agents/' || slug from agent where id = ${wanted}
    union all select 'workspace', id, slug, null from workspace where id = ${wanted}
    union all select 'run', id, 'run ' || number, '/runs/' || number from run where id = ${wanted}
    union all select 'version', v.id, a.slug || ' ' || v.number, '/agents/' || a.slug
      from version v join agent a on a.id = v.agent_id where v.id = ${wanted}
    union all select 'proposal', p.id, 'P-' || p.number || ', ' || a.slug || ' ' || p.version,
      '/inbox/' || p.approval_id
      from proposal p join agent a on a.id = p.agent_id where p.id = ${wanted}
    union all select 'draft', d.id, 'draft of ' || a.slug, '/agents/' || a.slug || '/edit'
      from draft d join agent a on a.id = d.agent_id where d.id = ${wanted}
    union all select 'review', r.id, 'review of ' || a.slug, '/reviews/' || r.id
      from review r join agent a on a.id = r.agent_id where r.id = ${wanted}
    union all select 'constitution', id, 'constitution ' || label, '/constitution/versions'
      from constitution_version where id = ${wanted}
    union all select 'constitution', id, 'draft of the constitution', '/constitution/changes'
      from constitution_draft where id = ${wanted}
    union all select 'approval', id, title, '/inbox/' || id from approval where id = ${wanted}
    union all select 'tool_call', t.id, t.tool || ', run ' || r.number, '/runs/' || r.number
      from tool_call t join run r on r.id = t.run_id where t.id = ${wanted}
    union all select 'change_set', c.id, 'change-set of run ' || r.number, '/runs/' || r.number
      from change_set c join run r on r.id = c.run_id where c.id = ${wanted}`)
  const known = new Map(found.map((row) => [`${row.type} ${row.id}`, row]))
  const systems: Record<string, string> = {
    worker: 'Chancery',
    setup: 'setup',
    cli: 'command line',
  }
  return {
    get: (type, id) => {
      const row = known.get(`${type} ${id}`)
      if (row) return { name: row.name, href: row.href }
      const system = type === 'system' ? systems[id] : undefined
      return system ? { name: system, href: null } : undefined
    },
  }
}
