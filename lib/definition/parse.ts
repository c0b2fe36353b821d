import { sha256 } from '@/lib/core/sha256'
import type { Definition } from './model'
import { readDefinition } from './read'

/**
 * Everything the product knows about one definition, from its exact bytes: digest, format, fate in
 * the tool that loads it, diagnostics, fields, tools, sections and claims. Accepts any bytes and
 * never throws; what is wrong is said in `diagnostics`. Same bytes and path → same result on every
 * machine. `path` (relative, any separator) decides the format where the content does not.
 */
export function parseDefinition(bytes: Uint8Array, options: { path?: string } = {}): Definition {
  return { digest: sha256(bytes), ...readDefinition(bytes, options) }
}
