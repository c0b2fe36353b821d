import { open, rename } from 'node:fs/promises'
import { dirname } from 'node:path'

/**
 * Replaces a file so that after a crash it holds the old text or the new one, never a part: write
 * beside it, flush, rename, flush the folder.
 */
export async function replaceDurably(path: string, text: string): Promise<void> {
  const beside = `${path}.${process.pid}.tmp`
  await writeFlushed(beside, { text, flags: 'w' })
  await rename(beside, path)
  await flushFolder(path)
}

/** Adds to the end of a file and flushes it. */
export async function appendDurably(path: string, text: string): Promise<void> {
  await writeFlushed(path, { text, flags: 'a' })
}

/** Writes a new file that only its owner may read; throws EEXIST when there is one. */
export async function createSecret(path: string, text: string): Promise<void> {
  await writeFlushed(path, { text, flags: 'wx' })
  await flushFolder(path)
}

async function writeFlushed(path: string, what: { text: string; flags: string }): Promise<void> {
  const file = await open(path, what.flags, 0o600)
  try {
    await file.writeFile(what.text)
    await file.sync()
  } finally {
    await file.close()
  }
}

async function flushFolder(path: string): Promise<void> {
  const folder = await open(dirname(path), 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}
