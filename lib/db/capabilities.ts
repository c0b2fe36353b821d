import { rawSql } from './client'

/** What the settings page says about one protection: whether it holds, and what to do if not. */
export type Protection = { id: ProtectionId; holds: boolean; explanation: string }

const EXPLANATIONS = {
  ownsNothing: [
    'The role that the application uses owns no table, so it cannot switch a guard off.',
    'The role that the application uses owns tables and could switch their guards off. Set DATABASE_ADMIN_URL to another role and start again.',
  ],
  notSuperuser: [
    'The application is not a superuser.',
    'The application logs in as a superuser: no guard binds it. Give DATABASE_URL an ordinary role.',
  ],
  noRoleRights: [
    'The application cannot create roles or databases, replicate, or pass row security.',
    'The role in DATABASE_URL may create roles or databases, replicate, or pass row security. Take these attributes away.',
  ],
  auditAppendOnly: [
    'The application may add to the audit log and never change or remove anything in it.',
    'The application may change or remove rows of the audit log. Set DATABASE_ADMIN_URL and start again.',
  ],
  guardsOn: [
    'Every guard of the database is switched on.',
    'Guards of the database are missing or switched off. Start again with DATABASE_ADMIN_URL set, and find out who did it.',
  ],
  noSchemaChange: [
    'The application cannot create or change tables.',
    'The application may create tables. Set DATABASE_ADMIN_URL and start again.',
  ],
  noReplicationRole: [
    'The application cannot pass itself off as a replication process, which skips triggers.',
    'The application may set session_replication_role. Revoke that right.',
  ],
  durable: [
    'A commit is on disk before it is acknowledged.',
    'fsync, full_page_writes or synchronous_commit is off: a power cut can lose acknowledged decisions. Switch them on.',
  ],
  checksums: [
    'The server finds silent damage of its files by checksums.',
    'The server keeps no data checksums. Consider pg_checksums --enable.',
  ],
  privateConnection: [
    'The connection to the database is encrypted or stays on this machine.',
    'The connection to the database crosses a network unencrypted. Add sslmode=require to both addresses.',
  ],
  textIndex: [
    'Text search in the catalog has an index.',
    'The extension pg_trgm may not be created here: text search finds the same, but reads every agent. Let an administrator run "create extension pg_trgm" and start again.',
  ],
} as const satisfies Record<string, readonly [holds: string, fails: string]>

export type ProtectionId = keyof typeof EXPLANATIONS

/**
 * Which protections hold for the role that this process uses, asked of the server itself and not
 * of the configuration. Order is fixed. Reads catalogs only, as the application's role.
 */
export async function databaseCapabilities(): Promise<Protection[]> {
  const [facts] = await rawSql()`
    with ours as (
      select c.oid, c.relowner, n.nspname from pg_class c
      join pg_namespace n on n.oid = c.relnamespace
      where n.nspname in ('public', 'audit', 'chancery_meta') and c.relkind in ('r', 'p', 'v')
    ), me as (select * from pg_roles where rolname = current_user)
    select
      not exists (select from ours where pg_has_role(current_user, relowner, 'MEMBER'))
        as "ownsNothing",
      not rolsuper as "notSuperuser",
      not (rolcreaterole or rolcreatedb or rolreplication or rolbypassrls) as "noRoleRights",
      not exists (select from ours where nspname = 'audit' and (
        has_table_privilege(oid, 'DELETE, TRUNCATE, TRIGGER')
        or has_any_column_privilege(oid, 'UPDATE'))) as "auditAppendOnly",
      exists (select from pg_trigger t join ours o on o.oid = t.tgrelid where t.tgenabled = 'A')
        and not exists (select from pg_trigger t join ours o on o.oid = t.tgrelid
          where t.tgenabled in ('D', 'R')) as "guardsOn",
      not (has_database_privilege(current_database(), 'CREATE') or exists (
        select from pg_namespace where nspname in ('public', 'audit', 'chancery_meta')
          and has_schema_privilege(oid, 'CREATE'))) as "noSchemaChange",
      not has_parameter_privilege('session_replication_role', 'SET') as "noReplicationRole",
      current_setting('fsync')::bool and current_setting('full_page_writes')::bool
        and current_setting('synchronous_commit') <> 'off' as "durable",
      current_setting('data_checksums')::bool as "checksums",
      coalesce((select ssl from pg_stat_ssl where pid = pg_backend_pid()), false)
        or inet_server_addr() is null
        or inet_server_addr() << '127.0.0.0/8' or inet_server_addr() = '::1'
        as "privateConnection",
      to_regclass('public.agent_by_text') is not null
        as "textIndex"
    from me`
  return Object.entries(EXPLANATIONS).map(([id, [holds, fails]]) => {
    const fact = facts?.[id] === true
    return { id: id as ProtectionId, holds: fact, explanation: fact ? holds : fails }
  })
}
