// Adds the entries for other platforms that npm leaves out of a lock file when the registry it was
// written against does not hold them. Without them `npm ci` fails. Run after every lock change.
import { readFileSync, writeFileSync } from 'node:fs'

const FILE = new URL('../package-lock.json', import.meta.url)
const lock = JSON.parse(readFileSync(FILE, 'utf8'))
const { packages } = lock

const OS = [
  'darwin',
  'win32',
  'linux',
  'freebsd',
  'openbsd',
  'netbsd',
  'android',
  'sunos',
  'aix',
  'openharmony',
]
const CPU = [
  'arm64',
  'x64',
  'ia32',
  'arm',
  'ppc64',
  'riscv64',
  's390x',
  'loong64',
  'mips64el',
  'wasm32',
]

/** Where npm would put a dependency of the package at `path`: the nearest folder that has it, else the top. */
function resolved(path, name) {
  for (let at = path; ; at = at.slice(0, at.lastIndexOf('/node_modules/'))) {
    const candidate = `${at}/node_modules/${name}`.replace(/^\//, '')
    if (packages[candidate]) return candidate
    if (!at.includes('/node_modules/')) break
  }
  return packages[`node_modules/${name}`] ? `node_modules/${name}` : null
}

let added = 0
for (const [path, entry] of Object.entries(packages)) {
  for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
    if (!/^\d/.test(version)) continue
    const known = resolved(path, name)
    if (known && packages[known].version === version) continue
    const words = name.split(/[/-]/)
    const os = OS.filter(
      (word) => words.includes(word) || (word === 'win32' && words.includes('windows')),
    )
    const cpu = CPU.filter((word) => words.includes(word))
    const libc = words.includes('musl') ? ['musl'] : words.includes('gnu') ? ['glibc'] : undefined
    const place = known ? `${path}/node_modules/${name}` : `node_modules/${name}`
    packages[place] = {
      version,
      ...(cpu.length > 0 ? { cpu } : {}),
      ...(libc ? { libc } : {}),
      optional: true,
      ...(os.length > 0 ? { os } : {}),
    }
    added += 1
  }
}
lock.packages = Object.fromEntries(Object.entries(packages).sort(([a], [b]) => (a < b ? -1 : 1)))
for (const entry of Object.values(lock.packages)) delete entry.resolved
writeFileSync(FILE, `${JSON.stringify(lock, null, 2)}\n`)
console.log(`${added} entries added`)
