import { execFile } from 'node:child_process'
import { readFile, readlink, realpath } from 'node:fs/promises'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** What the operating system says about a process id: who it is, or that nobody has it. */
export type ProcessStatus = { alive: false } | { alive: true; startedAt: string | null }

/**
 * Whether `pid` is a running process, and a text that is different for every process that ever
 * had this number on this boot (`null` where the platform does not tell). A zombie counts as dead:
 * where nobody reaps, a killed server stays in the table for ever and signal 0 calls it alive.
 */
export async function processStatus(pid: number): Promise<ProcessStatus> {
  if (!Number.isInteger(pid) || pid <= 0 || !answersSignal(pid)) return { alive: false }
  if (process.platform === 'linux') return linuxStatus(pid)
  if (process.platform === 'win32') return { alive: true, startedAt: null }
  try {
    const { stdout } = await run('ps', ['-o', 'stat=,lstart=', '-p', String(pid)])
    const [state = '', ...started] = stdout.trim().split(/\s+/)
    if (state === '' || state.startsWith('Z')) return { alive: false }
    return { alive: true, startedAt: started.join(' ') }
  } catch {
    return { alive: false }
  }
}

function answersSignal(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // EPERM: it exists and belongs to somebody else.
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

async function linuxStatus(pid: number): Promise<ProcessStatus> {
  try {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8')
    // Field 2 is the program name in parentheses and may hold spaces: count from its end.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    const state = fields[0]
    if (state === 'Z' || state === 'X') return { alive: false }
    const boot = await readFile('/proc/sys/kernel/random/boot_id', 'utf8').catch(() => '')
    return { alive: true, startedAt: `${boot.trim()}:${fields[19] ?? ''}` }
  } catch {
    return { alive: false }
  }
}

/**
 * Whether the process can be a PostgreSQL server of this folder. `false` is certain (the number was
 * reused by another program, or by the server of another folder); `true` is only plausible and
 * must be proved by a query. A server's working folder is its data folder.
 */
export async function mayServe(pid: number, cluster: string): Promise<boolean> {
  if (!(await processStatus(pid)).alive) return false
  if (process.platform === 'linux') {
    try {
      if (!(await readFile(`/proc/${pid}/comm`, 'utf8')).startsWith('postgres')) return false
      return (await readlink(`/proc/${pid}/cwd`)) === (await realpath(cluster))
    } catch (error) {
      return (error as NodeJS.ErrnoException).code === 'EACCES'
    }
  }
  if (process.platform === 'win32') return true
  try {
    const { stdout } = await run('ps', ['-o', 'command=', '-p', String(pid)])
    return stdout.includes('postgres')
  } catch {
    return false
  }
}
