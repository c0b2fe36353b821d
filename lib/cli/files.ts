import { lstat, readdir } from 'node:fs/promises'
import { basename, join, relative, resolve, sep } from 'node:path'
import { invalid } from '@/lib/core/errors'

/** A file below a folder: `label` is `<folder>/<path>` with forward slashes. */
export type FoundFile = { label: string; absolute: string }

/** Regular files below `root`, sorted; symbolic links are not followed. Throws `invalid` beyond `most`. */
export async function filesUnder(path: string, most: number): Promise<FoundFile[]> {
  const root = resolve(path)
  const info = await lstat(root).catch(() => invalid(`${root} does not exist or cannot be read.`))
  if (info.isFile()) return [{ label: basename(root), absolute: root }]
  if (!info.isDirectory()) invalid(`${root} is neither a file nor a folder.`)
  const entries = await readdir(root, { recursive: true, withFileTypes: true })
  const found = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => !/(^|[\\/])(\.git|node_modules)[\\/]/.test(relative(root, file)))
    .sort()
    .map((absolute) => ({
      label: `${basename(root)}/${relative(root, absolute).split(sep).join('/')}`,
      absolute,
    }))
  if (found.length > most) {
    invalid(`${root} holds ${found.length} files; at most ${most} are taken. Name a part of it.`)
  }
  return found
}
