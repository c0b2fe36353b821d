import 'server-only'
import { and, count, eq, sql } from 'drizzle-orm'
import { savedView } from '@/drizzle/schema/people'
import type { Actor, PersonActor } from '@/lib/auth/actor'
import { command, UNCHANGED } from '@/lib/command/command'
import { notFound, refused } from '@/lib/core/errors'
import { newId } from '@/lib/core/ids'
import type { Tx } from '@/lib/db/transaction'
import { MAX_SAVED_VIEWS, removeViewInput, saveViewInput } from '../model'

type ViewRow = typeof savedView.$inferSelect

/**
 * Keeps the query of a list under a name, for the person alone. With `viewId` an existing view takes
 * the name and the query; a name that is taken on this screen is refused.
 */
export const saveView = command({
  name: 'view.save',
  permission: 'view.own',
  input: saveViewInput,
  subject: async ({ tx, actor, input }) => {
    const owner = personOf(actor)
    const view = input.viewId === null ? null : await lockView(tx, owner, input.viewId)
    return { departmentId: null, owner, view }
  },
  run: async ({ tx, input, subject, now, event }) => {
    const { owner, view } = subject
    const { screen, name, query } = input
    if (view !== null && view.name === name && view.query === query) {
      return { value: { viewId: view.id }, fact: UNCHANGED }
    }
    await requireRoom(tx, { owner, screen, name, except: view?.id ?? null })
    const id = view?.id ?? newId<'view'>(now.getTime())
    const row = { personId: owner.id, screen, name, query, auditEventId: event }
    if (view) await tx.update(savedView).set(row).where(eq(savedView.id, id))
    else await tx.insert(savedView).values({ id, ...row, createdAt: now })
    return {
      value: { viewId: id },
      fact: {
        action: 'view.saved',
        targets: [],
        data: { screen },
        private: { name },
      },
    }
  },
})

/** Removes one of the person's own views; the list that it showed stays as it is. */
export const removeView = command({
  name: 'view.remove',
  permission: 'view.own',
  input: removeViewInput,
  subject: async ({ tx, actor, input }) => {
    const owner = personOf(actor)
    return { departmentId: null, view: await lockView(tx, owner, input.viewId) }
  },
  run: async ({ tx, subject, event }) => {
    const { id, screen } = subject.view
    await tx.execute(sql`select set_config('chancery.event', ${event}, true)`)
    await tx.delete(savedView).where(eq(savedView.id, id))
    return { value: null, fact: { action: 'view.removed', targets: [], data: { screen } } }
  },
})

function personOf(actor: Actor): PersonActor {
  if (actor.kind !== 'person') refused('Only a person keeps views.')
  return actor
}

/** Somebody else's view does not exist. */
async function lockView(tx: Tx, owner: PersonActor, id: string): Promise<ViewRow> {
  const [row] = await tx
    .select()
    .from(savedView)
    .where(and(eq(savedView.id, id), eq(savedView.personId, owner.id)))
    .for('update')
  return row ?? notFound('This view')
}

/** Index: saved_view_name. */
async function requireRoom(
  tx: Tx,
  asked: { owner: PersonActor; screen: ViewRow['screen']; name: string; except: string | null },
): Promise<void> {
  const own = and(eq(savedView.personId, asked.owner.id), eq(savedView.screen, asked.screen))
  const [taken] = await tx
    .select({ id: savedView.id })
    .from(savedView)
    .where(and(own, eq(savedView.name, asked.name)))
  if (taken && taken.id !== asked.except) refused('You have a view of this name. Choose another.')
  if (asked.except !== null) return
  const [row] = await tx.select({ views: count() }).from(savedView).where(own)
  if ((row?.views ?? 0) >= MAX_SAVED_VIEWS) {
    refused(`You have ${MAX_SAVED_VIEWS} views here. Remove one first.`)
  }
}
