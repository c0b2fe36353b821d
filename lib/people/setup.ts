import 'server-only'
import { eq, sql } from 'drizzle-orm'
import { setupToken } from '@/drizzle/schema/people'
import { newSecret, secretHash } from '@/lib/auth/sessions'
import { db } from '@/lib/db/client'
import { transaction } from '@/lib/db/transaction'

/**
 * For the start command: the path of the one-time setup link while nobody is here yet, or null. A
 * new link replaces the one before, so only the last one printed holds; its hash alone is kept.
 */
export async function ensureSetupToken(): Promise<string | null> {
  return transaction(async (tx) => {
    // Two processes that start together must not leave two links.
    await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended('chancery.setup', 0))`)
    if (!(await nobodyIsHere(tx))) return null
    const token = newSecret()
    await tx.delete(setupToken)
    await tx.insert(setupToken).values({ tokenHash: secretHash(token), createdAt: new Date() })
    return `/setup?token=${token}`
  })
}

/**
 * What a visitor of the setup page meets. `done`: people are here already. `missing`: no link was
 * followed. `replaced`: a link that does not hold. `open`: the right link.
 */
export type SetupState = 'done' | 'missing' | 'replaced' | 'open'

export async function setupState(token: string | undefined): Promise<SetupState> {
  if (!(await nobodyIsHere(db()))) return 'done'
  if (token === undefined || token === '') return 'missing'
  const [row] = await db()
    .select({ tokenHash: setupToken.tokenHash })
    .from(setupToken)
    .where(eq(setupToken.tokenHash, secretHash(token)))
  return row ? 'open' : 'replaced'
}

async function nobodyIsHere(on: Pick<ReturnType<typeof db>, 'execute'>): Promise<boolean> {
  return (await on.execute(sql`select 1 from person limit 1`)).length === 0
}
