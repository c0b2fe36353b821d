import 'server-only'
import { and, asc, sql } from 'drizzle-orm'
import { agent } from '@/drizzle/schema/agents'
import type { Actor } from '@/lib/auth/actor'
import { db } from '@/lib/db/client'
import { visibleTo } from './scope'

const MOST = 8

export type FoundAgent = { name: string; href: string; remark: string }

/** Agents whose slug holds the text, for the command palette: those that start with it first. */
export async function findBySlug(actor: Actor, text: string): Promise<FoundAgent[]> {
  const wanted = text
    .trim()
    .toLowerCase()
    .slice(0, 80)
    .replace(/[\\%_]/g, '\\$&')
  if (wanted === '') return []
  const rows = await db()
    .select({ slug: agent.slug, state: agent.state })
    .from(agent)
    .where(and(visibleTo(actor), sql`${agent.slug} like ${`%${wanted}%`}`))
    .orderBy(sql`${agent.slug} like ${`${wanted}%`} desc`, asc(agent.slug))
    .limit(MOST)
  return rows.map(({ slug, state }) => ({ name: slug, href: `/agents/${slug}`, remark: state }))
}
