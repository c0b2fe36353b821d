import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { refused } from '@/lib/core/errors'

/** A file that this product alone has, and that travels wherever the migrations do. */
const LANDMARK = join('drizzle', 'guards', 'grants.sql')

let known: string | undefined

/**
 * The folder that holds `drizzle/` and `node_modules/`, wherever the process was started from.
 * Looked for above this file, then (bundled code has no place of its own) above the working folder.
 */
export function projectRoot(): string {
  known ??= findAbove(import.meta.dirname) ?? findAbove(process.cwd())
  return (
    known ??
    refused('The folder drizzle/ was not found. Start Chancery from its own project folder.')
  )
}

function findAbove(start: string | undefined): string | undefined {
  for (let at = start; at !== undefined; ) {
    if (existsSync(join(at, LANDMARK))) return at
    const parent = dirname(at)
    at = parent === at ? undefined : parent
  }
  return undefined
}
