import 'server-only'
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join, resolve, sep } from 'node:path'
import { exportPage } from '@/lib/agents/queries/export'
import { WORKER } from '@/lib/auth/actor'
import { invalid } from '@/lib/core/errors'
import { sha256 } from '@/lib/core/sha256'
import { openDatabase, shutDatabase } from '@/lib/db/boot'
import { type CliCommand, EXIT, fail, printJson, readArguments } from './terminal'

/**
 * `chancery export`: the exact bytes of every agent (its live version, else its draft), each checked
 * against its digest after writing would be too late, so before. Existing files are overwritten.
 */
export const exportTo: CliCommand = async (argv) => {
  const { values, positionals } = readArguments(argv, {
    published: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  })
  const [folder, ...more] = positionals
  if (folder === undefined || more.length > 0) invalid('Name one folder to export to.')
  const root = resolve(folder)
  await openDatabase()
  const files: { path: string; slug: string; digest: string }[] = []
  for (let after = ''; ; ) {
    const page = await exportPage({ actor: WORKER, after, publishedOnly: values.published })
    for (const row of page) {
      if (sha256(row.bytes) !== row.digest) {
        return fail(`${row.slug}: the stored bytes do not match their digest.`, EXIT.failed)
      }
      const target = placeIn(root, row.path)
      await mkdir(dirname(target), { recursive: true })
      await writeFile(target, row.bytes)
      files.push({ path: row.path, slug: row.slug, digest: row.digest })
    }
    const last = page.at(-1)
    if (!last) break
    after = last.slug
  }
  await shutDatabase()
  if (values.json) printJson({ folder: root, files })
  else console.log(`${files.length} files written to ${root}`)
  return EXIT.ok
}

/** Inside the folder, whatever an imported path says. */
function placeIn(root: string, path: string): string {
  const target = resolve(join(root, path))
  if (!target.startsWith(root + sep)) invalid(`${path} would leave the folder.`)
  return target
}
