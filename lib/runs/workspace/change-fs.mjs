// @ts-check
import { posix } from 'node:path'
import { OverlayFs } from 'just-bash'
import { collectChanges, DIRECTORY_MODE, digestOf } from './overlay-diff.mjs'
import { MOUNT, unwritable, workspacePath } from './paths.mjs'

/** @import { IFileSystem, FileContent, RmOptions, CpOptions, MkdirOptions } from 'just-bash' */
/** @import { OverlayChange } from '../model' */

/** Refused by the workspace, with a sentence; looks like a file system error to commands. */
export class WorkspaceError extends Error {
  code = 'EACCES'
}

/**
 * The copy-on-write file system of one run: reads come from the snapshot, writes stay in memory,
 * and every mutator is guarded, so that nothing can be written outside the workspace, inside
 * `.git`, or where something was withheld. Remembers what was touched; `collect()` then compares
 * with the snapshot. `/tmp` is writable for the length of one call and never part of a change.
 * @implements {IFileSystem}
 */
export class ChangeFs {
  /** @type {OverlayFs} */ #inner
  /** @type {string} */ #root
  /** @type {ReadonlySet<string>} */ #withheld
  /** @type {Set<string>} */ #touched = new Set()
  /** @type {Set<string>} */ #folders = new Set()
  #sealed = false

  /** @param {{ root: string, withheld: readonly string[], fileBytes: number, memoryBytes: number }} options */
  constructor(options) {
    this.#root = options.root
    this.#withheld = new Set(options.withheld)
    this.#inner = new OverlayFs({
      root: options.root,
      mountPoint: MOUNT,
      maxFileReadSize: options.fileBytes,
      maxMemoryBytes: options.memoryBytes,
      allowSymlinks: false,
    })
  }

  /** Ends the set-up of the shell's own folders: from here on every write is guarded. */
  seal() {
    this.#sealed = true
  }

  /**
   * @param {string} path
   * @returns {string | null} the path in the workspace, or null for a temporary one
   */
  #guard(path) {
    const plain = posix.normalize(path)
    const relative = workspacePath(plain)
    if (relative === null) {
      if (!this.#sealed || plain.startsWith('/tmp/') || plain.startsWith('/dev/')) return null
      throw new WorkspaceError(`EACCES: ${path} lies outside the workspace`)
    }
    const reason = unwritable(relative, this.#withheld)
    if (reason !== null) throw new WorkspaceError(`EACCES: ${relative}: ${reason}`)
    return relative
  }

  /** @param {string} path */
  #touch(path) {
    const relative = this.#guard(path)
    if (relative !== null) this.#touched.add(relative)
  }

  /**
   * Puts the overlay of an earlier call back, byte for byte. Throws when content and digest differ.
   * @param {readonly OverlayChange[]} changes
   */
  async restore(changes) {
    const at = (/** @type {OverlayChange} */ change) => posix.join(MOUNT, change.path)
    for (const change of changes) {
      if (change.change !== 'delete') continue
      this.#touch(at(change))
      await this.#inner.rm(at(change), { recursive: true, force: true })
    }
    for (const change of changes) {
      if (change.change === 'delete') continue
      this.#touch(at(change))
      if (change.mode === DIRECTORY_MODE) {
        this.#folders.add(change.path)
        await this.#inner.mkdir(at(change), { recursive: true })
        continue
      }
      const bytes = Buffer.from(change.content ?? '', 'base64')
      if (digestOf(bytes) !== change.newDigest)
        throw new WorkspaceError(`${change.path} is damaged`)
      const stat = await this.#inner.stat(at(change)).catch(() => null)
      if (stat?.isDirectory) await this.#inner.rm(at(change), { recursive: true, force: true })
      await this.#inner.mkdir(posix.dirname(at(change)), { recursive: true })
      await this.#inner.writeFile(at(change), bytes)
      await this.#inner.chmod(at(change), change.mode & 0o777)
    }
  }

  /** What differs from the snapshot, sorted by path: `collectChanges` of overlay-diff.mjs. */
  collect() {
    const layers = { overlay: this.#inner, root: this.#root }
    return collectChanges(layers, this.#touched, this.#folders)
  }

  /** @param {string} path @param {() => Promise<void>} write */
  async #keepingMode(path, write) {
    const before = await this.#inner.stat(path).catch(() => null)
    await write()
    if (before?.isFile) await this.#inner.chmod(path, before.mode & 0o777)
  }

  // Mutators: each one guarded, cp and mv at both ends.
  /** @param {string} path @param {FileContent} content @param {Parameters<IFileSystem['writeFile']>[2]} [options] */
  async writeFile(path, content, options) {
    this.#touch(path)
    await this.#keepingMode(path, () => this.#inner.writeFile(path, content, options))
  }
  /** @param {string} path @param {FileContent} content @param {Parameters<IFileSystem['appendFile']>[2]} [options] */
  async appendFile(path, content, options) {
    this.#touch(path)
    await this.#keepingMode(path, () => this.#inner.appendFile(path, content, options))
  }
  /** @param {string} path @param {string | Uint8Array} content */
  writeFileSync(path, content) {
    this.#touch(path)
    this.#inner.writeFileSync(path, content)
  }
  /** @param {string} path @param {MkdirOptions} [options] */
  async mkdir(path, options) {
    const relative = this.#guardFolder(path)
    if (relative !== null) this.#folders.add(relative)
    await this.#inner.mkdir(path, options)
  }
  /** @param {string} path @param {MkdirOptions} [options] */
  mkdirSync(path, options) {
    this.#guardFolder(path)
    this.#inner.mkdirSync(path, options)
  }
  /** The root exists already; making it again is no write. @param {string} path */
  #guardFolder(path) {
    return workspacePath(posix.normalize(path)) === '.' ? null : this.#guard(path)
  }
  /** @param {string} path @param {RmOptions} [options] */
  async rm(path, options) {
    this.#touch(path)
    await this.#inner.rm(path, options)
  }
  /** @param {string} src @param {string} dest @param {CpOptions} [options] */
  async cp(src, dest, options) {
    this.#touch(dest)
    await this.#keepingPrograms(src, dest, () => this.#inner.cp(src, dest, options))
  }
  /** @param {string} src @param {string} dest */
  async mv(src, dest) {
    this.#touch(src)
    this.#touch(dest)
    await this.#keepingPrograms(src, dest, () => this.#inner.mv(src, dest))
  }
  /** The layer below forgets executable bits. @param {string} src @param {string} dest @param {() => Promise<void>} move */
  async #keepingPrograms(src, dest, move) {
    const programs = await this.#programsBelow(src)
    await move()
    for (const inside of programs) await this.#inner.chmod(posix.join(dest, inside), 0o755)
  }
  /** @param {string} path @returns {Promise<string[]>} */
  async #programsBelow(path) {
    const stat = await this.#inner.stat(path).catch(() => null)
    if (stat?.isFile) return (stat.mode & 0o111) === 0 ? [] : ['']
    if (!stat?.isDirectory) return []
    /** @type {string[]} */ const found = []
    for (const name of await this.#inner.readdir(path)) {
      const below = await this.#programsBelow(posix.join(path, name))
      found.push(...below.map((inside) => posix.join(name, inside)))
    }
    return found
  }
  /** @param {string} path @param {number} mode */
  async chmod(path, mode) {
    this.#touch(path)
    await this.#inner.chmod(path, mode)
  }
  /** @param {string} _target @param {string} linkPath @returns {Promise<void>} */
  async symlink(_target, linkPath) {
    throw new WorkspaceError(`EPERM: ${linkPath}: symbolic links are not made in a workspace`)
  }
  /** @param {string} existingPath @param {string} newPath */
  async link(existingPath, newPath) {
    this.#touch(newPath)
    await this.#inner.link(existingPath, newPath)
  }
  /** @param {string} path @param {Date} atime @param {Date} mtime */
  async utimes(path, atime, mtime) {
    this.#touch(path)
    await this.#inner.utimes(path, atime, mtime)
  }

  // Reads: the snapshot holds regular files and folders only, so there is nothing to guard.
  /** @param {string} path @param {Parameters<IFileSystem['readFile']>[1]} [options] */
  readFile(path, options) {
    return this.#inner.readFile(path, options)
  }
  /** @param {string} path */
  readFileBytes(path) {
    return this.#inner.readFileBytes(path)
  }
  /** @param {string} path */
  readFileBuffer(path) {
    return this.#inner.readFileBuffer(path)
  }
  /** @param {string} path */
  exists(path) {
    return this.#inner.exists(path)
  }
  /** @param {string} path */
  stat(path) {
    return this.#inner.stat(path)
  }
  /** @param {string} path */
  lstat(path) {
    return this.#inner.lstat(path)
  }
  /** @param {string} path */
  readdir(path) {
    return this.#inner.readdir(path)
  }
  /** @param {string} path */
  readdirWithFileTypes(path) {
    return this.#inner.readdirWithFileTypes(path)
  }
  /** @param {string} path */
  readlink(path) {
    return this.#inner.readlink(path)
  }
  /** @param {string} path */
  realpath(path) {
    return this.#inner.realpath(path)
  }
  /** @param {string} base @param {string} path */
  resolvePath(base, path) {
    return this.#inner.resolvePath(base, path)
  }
  getAllPaths() {
    return this.#inner.getAllPaths()
  }
}
