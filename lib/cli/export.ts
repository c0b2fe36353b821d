import 'server-only'
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join, resolve, sep } from 'node:path'
import { exportPage } from '@/lib/agents/queries/export'
import { WORKER } from '@/lib/auth/actor'
import { invalid } from '@/lib/core/errors'
import { sha256 } from '@/lib/core/sha256'
import { openDatabase, shutDatabase } from '@/lib/db/boot'
import { CONVERT_TARGETS, type ConvertTarget, convertTo, type Loss } from '@/lib/definition/convert'
import { readDefinition } from '@/lib/definition/read'
import { type CliCommand, EXIT, fail, printJson, readArguments } from './terminal'

/**
 * `chancery export`: the exact bytes of every agent (its live version, else its draft), each checked
 * against its digest after writing would be too late, so before. Existing files are overwritten.
 * `--format` converts them instead, and says what is lost: worst first, one line each.
 */
export const exportTo: CliCommand = async (argv) => {
  const { values, positionals } = readArguments(argv, {
    published: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    format: { type: 'string' },
  })
  const format = formatNamed(values.format)
  const [folder, ...more] = positionals
  if (folder === undefined || more.length > 0) invalid('Name one folder to export to.')
  const root = resolve(folder)
  await openDatabase()
  const files: { path: string; slug: string; digest: string; losses?: Loss[] }[] = []
  for (let after = ''; ; ) {
    const page = await exportPage({ actor: WORKER, after, publishedOnly: values.published })
    for (const row of page) {
      if (sha256(row.bytes) !== row.digest) {
        return fail(`${row.slug}: the stored bytes do not match their digest.`, EXIT.failed)
      }
      const file = format === null ? row : converted(row, format)
      if (file === null) continue
      const target = placeIn(root, file.path)
      await mkdir(dirname(target), { recursive: true })
      await writeFile(target, file.bytes)
      const losses = 'losses' in file ? { losses: file.losses } : {}
      files.push({ path: file.path, slug: row.slug, digest: row.digest, ...losses })
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

function formatNamed(name: string | undefined): ConvertTarget | null {
  if (name === undefined) return null
  const found = CONVERT_TARGETS.find((target) => target === name)
  return found ?? invalid(`Formats are ${CONVERT_TARGETS.join(', ')}.`)
}

type Exported = { path: string; slug: string; bytes: Uint8Array }

/** The agent in another format, named by its slug, which is unique; what is lost goes to stderr. */
function converted({ path, slug, bytes }: Exported, format: ConvertTarget) {
  const result = convertTo(readDefinition(bytes, { path }), format)
  if (!result.ok) {
    console.error(`${slug}: not converted. ${result.reason}`)
    return null
  }
  for (const { severity, sentence } of result.losses)
    console.error(`${slug}: ${severity}: ${sentence}`)
  const ending = result.fileName.slice(result.fileName.indexOf('.'))
  return {
    path: join(result.folder, `${slug}${ending}`),
    bytes: result.bytes,
    losses: result.losses,
  }
}

/** Inside the folder, whatever an imported path says. */
function placeIn(root: string, path: string): string {
  const target = resolve(join(root, path))
  if (!target.startsWith(root + sep)) invalid(`${path} would leave the folder.`)
  return target
}
