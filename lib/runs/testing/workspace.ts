import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { GatedCommand, OverlayChange } from '../model'
import { runTool, type ToolAnswer } from '../workspace/child-runner'
import { type Manifest, snapshotFolder, snapshotWorkspace, treeOf } from '../workspace/snapshot'

/** For tests: a folder with files, its snapshot, and calls run on it in real child processes. */
export type TestWorkspace = {
  root: string
  manifest: Manifest
  call: (
    tool: string,
    args: unknown,
    more?: {
      changes?: OverlayChange[]
      permits?: GatedCommand[]
      deadlineMs?: number
      signal?: AbortSignal
    },
  ) => Promise<ToolAnswer>
  remove: () => void
}

export async function testWorkspace(files: Record<string, string>): Promise<TestWorkspace> {
  const folder = mkdtempSync(join(tmpdir(), 'chancery-workspace-'))
  const root = join(folder, 'workspace')
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), content)
    if (path.endsWith('.sh')) chmodSync(join(root, path), 0o755)
  }
  const store = join(folder, 'snapshots')
  const { manifest, digest } = await snapshotWorkspace(root, store)
  const withheld = manifest.withheld.map((entry) => entry.path)
  const base = { root: treeOf(snapshotFolder(store, digest)), withheld }
  return {
    root,
    manifest,
    call: (tool, args, more = {}) =>
      runTool({ ...base, tool, args, changes: [], permits: [], ...more }),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}
