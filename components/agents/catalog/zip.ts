import type { BulkFile } from '@/lib/agents/model'
import { MAX_ARCHIVE_BYTES } from '@/lib/core/limits'
import { fromBase64 } from '../bytes'

/**
 * Hands the files to the browser as one archive, each byte for byte as it is kept. Returns why it
 * could not, or null. The library is fetched when somebody exports.
 */
export async function saveZip(files: readonly BulkFile[]): Promise<string | null> {
  const { zipSync } = await import('fflate')
  const entries = Object.fromEntries(files.map(({ path, bytes }) => [path, fromBase64(bytes)]))
  const size = Object.values(entries).reduce((sum, bytes) => sum + bytes.length, 0)
  if (size > MAX_ARCHIVE_BYTES) return 'These files are more than 50 MB. Export fewer at once.'
  // Not in a worker: those of the library are made from text, which the page's policy forbids.
  const archive = new Uint8Array(zipSync(entries))
  const link = document.createElement('a')
  link.href = URL.createObjectURL(new Blob([archive], { type: 'application/zip' }))
  link.download = `agents-${new Date().toISOString().slice(0, 10)}.zip`
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
  return null
}
