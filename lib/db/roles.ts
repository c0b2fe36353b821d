import type { Sql, TransactionSql } from 'postgres'
import { invalid, refused } from '@/lib/core/errors'
import { roleName } from './config'

/** The role that owns every object and cannot log in, so that nobody acts as it by password. */
export const OWNER_ROLE = 'chancery_owner'

/**
 * Who owns the objects: `owner`, else (`null`) the role that migrates. That one is the application's
 * own where `single` is true.
 */
export type Roles = { app: string; owner: string | null; single: boolean }

const SAFE_NAME = /^[A-Za-z_][A-Za-z0-9_.@-]{0,62}$/
const INSUFFICIENT_PRIVILEGE = '42501'

/** Limits of the application's role, unless somebody set others on it. */
const ROLE_LIMITS: Record<string, string> = {
  statement_timeout: '30s',
  idle_in_transaction_session_timeout: '60s',
}

/**
 * Brings the roles into the shape that the guards rely on: an owner that cannot log in, and an
 * application role that owns nothing. Idempotent. With a single role (`DATABASE_URL` alone) there
 * is nothing to separate. Throws `refused` where the application's role cannot be made.
 */
export async function prepareRoles(tx: TransactionSql, appUrl: string): Promise<Roles> {
  const app = roleName(appUrl)
  if (!SAFE_NAME.test(app)) {
    return invalid('The role in DATABASE_URL may hold letters, digits and _ . @ - only.')
  }
  const [self] = await tx`
    select session_user::text as name, rolsuper as super, rolcreaterole as creates
    from pg_roles where rolname = session_user`
  if (!self || self.name === app) {
    await limitRole(tx, app)
    return { app, owner: null, single: true }
  }
  const may = Boolean(self.super) || Boolean(self.creates)
  await ensureAppRole(tx, appUrl, may)
  const owner = await ensureOwner(tx, may)
  await limitRole(tx, app)
  await openDatabaseTo(tx, { app, owner })
  if (owner) await takeOverObjects(tx, app, owner)
  return { app, owner, single: false }
}

async function exists(tx: TransactionSql, role: string): Promise<boolean> {
  return (await tx`select 1 from pg_roles where rolname = ${role}`).length > 0
}

async function ensureAppRole(tx: TransactionSql, appUrl: string, may: boolean): Promise<void> {
  const app = roleName(appUrl)
  if (await exists(tx, app)) return
  if (!may) {
    refused(
      `The role ${app} of DATABASE_URL does not exist, and the role of DATABASE_ADMIN_URL may not create it. Create it with LOGIN and no other right.`,
    )
  }
  const password = decodeURIComponent(new URL(appUrl).password).replaceAll("'", "''")
  await tx.unsafe(
    `create role "${app}" login nosuperuser nocreatedb nocreaterole noreplication password '${password}'`,
  )
}

async function ensureOwner(tx: TransactionSql, may: boolean): Promise<string | null> {
  if (!(await exists(tx, OWNER_ROLE))) {
    if (!may) return null
    await tx.unsafe(`create role ${OWNER_ROLE} nologin`)
  }
  const [row] = await tx`select pg_has_role(session_user, ${OWNER_ROLE}, 'MEMBER') as member`
  if (!row?.member && !(await attempt(tx, `grant ${OWNER_ROLE} to session_user`))) return null
  // From version 16 on, membership and the right to become the role are two things.
  return (await attempt(tx, `set local role ${OWNER_ROLE}; reset role`)) ? OWNER_ROLE : null
}

/** Sets what nobody has set yet, so that parallel migrations of a cluster rarely touch the row. */
async function limitRole(tx: TransactionSql, app: string): Promise<void> {
  const [row] = await tx`
    select coalesce(array_to_string(rolconfig, ','), '') as settings
    from pg_roles where rolname = ${app}`
  for (const [name, value] of Object.entries(ROLE_LIMITS)) {
    if (String(row?.settings).includes(`${name}=`)) continue
    await attempt(tx, `alter role "${app}" set ${name} = '${value}'`)
  }
}

/**
 * Rights on the database itself, which a copy made from a template does not inherit. What the
 * administrator may not change is left as it is; `databaseCapabilities` tells.
 */
export async function openDatabaseTo(
  tx: TransactionSql | Sql,
  roles: Pick<Roles, 'app' | 'owner'>,
): Promise<void> {
  const [row] = await tx`select quote_ident(current_database()) as name`
  const database = String(row?.name)
  const statements = [
    `grant connect on database ${database} to "${roles.app}"`,
    `revoke create, temporary on database ${database} from public`,
    `grant usage on schema public to "${roles.app}"`,
    ...(roles.owner
      ? [
          `grant connect, create, temporary on database ${database} to ${roles.owner}`,
          `grant usage, create on schema public to ${roles.owner}`,
        ]
      : []),
  ]
  for (const statement of statements) await attempt(tx, statement)
}

/**
 * A database that was first opened with one role belongs to that role. Once an administrator is
 * configured the owner takes it over, and the protections begin to hold.
 */
async function takeOverObjects(tx: TransactionSql, app: string, owner: string): Promise<void> {
  const [owned] = await tx`
    select count(*)::int as objects from pg_shdepend
    where refclassid = 'pg_authid'::regclass and deptype = 'o'
      and refobjid = (select oid from pg_roles where rolname = ${app})
      and dbid = (select oid from pg_database where datname = current_database())`
  if (Number(owned?.objects) === 0) return
  const [other] = await tx`
    select 1 from pg_database d join pg_roles r on r.oid = d.datdba
    where r.rolname = ${app} and d.datname <> current_database()`
  const done = !other && (await attempt(tx, `reassign owned by "${app}" to ${owner}`))
  if (!done) {
    refused(
      `The objects of this database belong to ${app}, the role that the application uses. As a superuser, give them to ${owner} (REASSIGN OWNED), then start again.`,
    )
  }
}

/** Runs a statement that may be forbidden here; false when it is. Other errors are thrown. */
async function attempt(tx: TransactionSql | Sql, statement: string): Promise<boolean> {
  try {
    if ('savepoint' in tx) await tx.savepoint((inner) => inner.unsafe(statement))
    else await tx.unsafe(statement)
    return true
  } catch (error) {
    if ((error as { code?: string }).code === INSUFFICIENT_PRIVILEGE) return false
    throw error
  }
}
