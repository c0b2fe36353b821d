import 'server-only'
import { realpath, stat } from 'node:fs/promises'
import { isAbsolute, join, relative } from 'node:path'
import { eq } from 'drizzle-orm'
import { department } from '@/drizzle/schema/people'
import { workspace } from '@/drizzle/schema/runs'
import { command } from '@/lib/command/command'
import { conflict, notFound, refused } from '@/lib/core/errors'
import { newId } from '@/lib/core/ids'
import { sha256 } from '@/lib/core/sha256'
import { dataFolder } from '@/lib/db/config'
import { projectRoot } from '@/lib/db/project-root'
import { registerWorkspaceInput } from '../model'

/**
 * Registers a folder of this machine as a workspace: the only places that runs may read, and change
 * after approval. Refused for what is no folder, for the root of the file system, and for a folder
 * that holds Chancery's own data or program, or lies inside them; `workspaces/` in the data folder is
 * there for samples.
 */
export const registerWorkspace = command({
  name: 'workspace.register',
  permission: 'workspace.register',
  input: registerWorkspaceInput,
  subject: async ({ tx, input }) => {
    const [row] = await tx
      .select({ id: department.id })
      .from(department)
      .where(eq(department.id, input.departmentId))
    if (!row) return notFound('This department')
    return { departmentId: row.id }
  },
  run: async ({ tx, input, now, event }) => {
    const rootPath = await folderAt(input.rootPath)
    const [taken] = await tx
      .select({ id: workspace.id })
      .from(workspace)
      .where(eq(workspace.slug, input.slug))
    if (taken) conflict(`There is a workspace ${input.slug} already. Choose another name.`)
    const id = newId<'workspace'>(now.getTime())
    const { slug, departmentId } = input
    await tx
      .insert(workspace)
      .values({ id, slug, rootPath, departmentId, createdAt: now, auditEventId: event })
    return {
      value: { workspaceId: id, slug },
      fact: {
        action: 'workspace.registered',
        dept: departmentId,
        targets: [{ t: 'workspace', id }],
        data: { slug, root: sha256(rootPath) },
        private: { root: rootPath },
      },
    }
  },
})

async function folderAt(path: string): Promise<string> {
  if (!isAbsolute(path)) refused('Give the whole path of the folder, from the root.')
  const root = await realpath(path).catch(() => refused('There is no such folder on this machine.'))
  if (!(await stat(root)).isDirectory()) refused('This is a file. Give the path of a folder.')
  if (root === '/') refused('The whole file system is no workspace. Give a folder.')
  const samples = await realpath(join(dataFolder(), 'workspaces')).catch(() => null)
  if (samples !== null && root !== samples && holds(samples, root)) return root
  for (const own of [dataFolder(), projectRoot()]) {
    const place = await realpath(own).catch(() => own)
    if (holds(root, place) || holds(place, root)) {
      refused('Chancery keeps its own files there. Give another folder.')
    }
  }
  return root
}

function holds(outer: string, inner: string): boolean {
  const way = relative(outer, inner)
  return way === '' || (!way.startsWith('..') && !isAbsolute(way))
}
