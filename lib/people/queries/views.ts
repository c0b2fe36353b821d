import 'server-only'
import { and, asc, eq } from 'drizzle-orm'
import { savedView } from '@/drizzle/schema/people'
import type { PersonActor } from '@/lib/auth/actor'
import { db } from '@/lib/db/client'
import type { SavedViewScreen } from '../model'

export type OwnView = { id: string; name: string; query: string }

/** The person's own views of a screen, oldest first. Index: saved_view_name. */
export async function ownViews(actor: PersonActor, screen: SavedViewScreen): Promise<OwnView[]> {
  return db()
    .select({ id: savedView.id, name: savedView.name, query: savedView.query })
    .from(savedView)
    .where(and(eq(savedView.personId, actor.id), eq(savedView.screen, screen)))
    .orderBy(asc(savedView.createdAt), asc(savedView.id))
}
