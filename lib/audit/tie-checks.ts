/**
 * Where a fact carries what a row says, the two are compared: a row that was changed behind the
 * log's back then differs from what was decided. One entry per promise; adding one is a line.
 */
export type TieCheck = {
  table: string
  /** What is compared, for people. */
  what: string
  /** Returns rows `id`, `difference`, one for each row that breaks the promise. */
  sql: string
}

type Agreement = {
  table: string
  /** Only these rows of the table are compared. */
  only?: string
  what: string
  action: string
  /** How the fact names the row: the id of its target of this type, or a field of its data. */
  names: { target: string } | { field: string }
  /** Column → SQL over the fact: `d` is its data, `actor_id` its actor. */
  columns: Record<string, string>
}

const data = (field: string) => `f.d ->> '${field}'`

/** Every row of `table` has exactly the fact that made it, and says what that fact says. */
function agreement({ table, only, what, action, names, columns }: Agreement): TieCheck {
  const subject =
    'target' in names
      ? `jsonb_path_query_first(b.body, '$.tgt[*] ? (@.t == "${names.target}").id') #>> '{}'`
      : `b.body -> 'd' ->> '${names.field}'`
  const parts = Object.entries(columns).map(
    ([column, fact]) =>
      `case when r.${column}::text is distinct from (${fact})
       then format('${column} is %s, the fact says %s', coalesce(r.${column}::text, 'empty'), coalesce(${fact}, 'empty')) end`,
  )
  const sql = `
    with f as (
      select e.actor_id, b.body -> 'd' as d, ${subject} as subject
      from audit.event e,
        lateral (select convert_from(e.leaf, 'UTF8')::jsonb as body) b
      where e.action = '${action}' and e.outcome = 'ok'
    )
    select coalesce(r.id::text, f.subject) as id,
      case when r.id is null then 'the row is gone'
           when f.subject is null then 'no fact tells of it'
           else concat_ws('; ', ${parts.join(',\n')}) end as difference
    from f full join (select * from public.${table} where ${only ?? 'true'}) r on f.subject = r.id::text
    where r.id is null or f.subject is null
      or ${Object.entries(columns)
        .map(([column, fact]) => `r.${column}::text is distinct from (${fact})`)
        .join(' or ')}
    limit 1000`
  return { table, what, sql }
}

/** A row whose digest is not the digest of its own bytes. */
function ownDigest(table: string): TieCheck {
  return {
    table,
    what: 'bytes and their digest',
    sql: `
      select digest as id, 'its bytes have the digest ' || encode(sha256(bytes), 'hex') as difference
      from public.${table} where digest <> encode(sha256(bytes), 'hex') limit 1000`,
  }
}

export const TIE_CHECKS: readonly TieCheck[] = [
  ownDigest('definition'),
  ownDigest('blob'),
  agreement({
    table: 'version',
    what: 'number and digest of published versions',
    action: 'version.published',
    names: { target: 'version' },
    columns: { number: data('number'), digest: data('digest'), ordinal: data('ordinal') },
  }),
  agreement({
    table: 'waiver',
    what: 'rule, owner and last day of waivers',
    action: 'waiver.requested',
    names: { target: 'waiver' },
    columns: { rule: data('rule'), owner_id: data('owner'), ends_on: data('ends_on') },
  }),
  agreement({
    table: 'decision',
    what: 'who decided what on which digest',
    action: 'approval.decided',
    names: { field: 'decision' },
    columns: {
      verdict: data('verdict'),
      digest: data('digest'),
      rendered_digest: data('rendered'),
      rule_version: data('rule_version'),
      person_id: 'f.actor_id',
    },
  }),
  agreement({
    table: 'run',
    what: 'the definition that runs were started with',
    action: 'run.queued',
    names: { target: 'run' },
    columns: { digest: data('digest'), constitution_hash: data('constitution') },
  }),
  agreement({
    table: 'change_set',
    what: 'digests of what runs wanted to change',
    action: 'change_set.proposed',
    names: { target: 'change_set' },
    columns: { digest: data('digest') },
  }),
  agreement({
    table: 'review',
    only: "state = 'completed'",
    what: 'outcomes of completed reviews',
    action: 'review.completed',
    names: { target: 'review' },
    columns: { outcome: data('outcome'), digest: data('digest'), completed_by: 'f.actor_id' },
  }),
]
