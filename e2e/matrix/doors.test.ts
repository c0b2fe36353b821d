import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'

const ROOT = resolve(import.meta.dirname, '../..')
const filesUnder = (folder: string, name: RegExp) =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => name.test(file))
    .map((file) => join(folder, file))
    .sort()
const textOf = (file: string) => readFileSync(join(ROOT, file), 'utf8')

/** Pages for people who are not signed in. A new one must be named here. */
const OPEN_PAGES = ['app/join/page.tsx', 'app/login/page.tsx', 'app/setup/page.tsx']
/** Handlers that answer people who are not signed in. */
const OPEN_HANDLERS = ['app/api/auth/[...nextauth]/route.ts']

/**
 * Server actions that are not `act()` over a command, each with what stands in its place. Every one
 * is a public address: a name that is missing here fails the test.
 */
const OTHER_ACTIONS: Record<string, string> = {
  invitePerson: 'act() without an idempotency key, because its result is a secret',
  renewInvitation: 'act() without an idempotency key, because its result is a secret',
  setUp: 'nobody is here yet; the setup link is the proof',
  acceptInvitation: 'nobody is signed in yet; the invitation link is the proof',
  changePassword: 'requireActor(), then a fresh cookie',
  signOut: 'ends the session of its own cookie',
  rememberInvitation: 'sets a cookie after the invitation link was checked',
  rememberLinking: 'requireActor(), then a cookie',
  findAgents: 'reads only, in the scope of whoever is signed in',
  decideMany: "requireActor(), then each item through act()'s own command",
  verifyLog: 'requireActor(), then the permission itself; it reads the log outside a transaction',
  createDemo: 'nobody is here yet; the setup link is the proof',
  switchDemoPerson: 'requireActor(), and only in a demonstration',
  removeDemo: 'requireActor(), an administrator, and only a demonstration',
}

describe('every way in', () => {
  it.each(
    filesUnder('app', /(?:^|\/)page\.tsx$/)
      .filter((file) => !OPEN_PAGES.includes(file))
      .map((file) => [file] as const),
  )('the page %s asks who is there', (file) => {
    expect(textOf(file)).toMatch(/await requirePageActor\(\)/)
  })

  it.each(
    filesUnder('app', /(?:^|\/)route\.ts$/)
      .filter((file) => !OPEN_HANDLERS.includes(file))
      .map((file) => [file] as const),
  )('the handler %s asks who is there', (file) => {
    const text = textOf(file)
    const methods = text.match(/^export (?:const|async function|function) [A-Z]+\b.*$/gm) ?? []
    expect(methods.length).toBeGreaterThan(0)
    expect(text).toMatch(/\brespond\b|\brequireActor\(\)/)
  })

  it.each(filesUnder('lib', /(?:^|\/)actions\.ts$/).map((file) => [file] as const))(
    'every action of %s goes through the one door, or has a reason not to',
    (file) => {
      const text = textOf(file)
      expect(text.startsWith("'use server'")).toBe(true)
      for (const [, name = '', made = ''] of text.matchAll(
        /^export (?:const|async function|function) (\w+)( = act\()?/gm,
      )) {
        if (made === '') expect(Object.keys(OTHER_ACTIONS)).toContain(name)
      }
    },
  )

  it('no server action hides in another file', () => {
    const marked = ['app', 'components', 'lib'].flatMap((folder) =>
      filesUnder(folder, /\.tsx?$/).filter((file) => /^\s*['"]use server['"]/m.test(textOf(file))),
    )
    expect(marked.filter((file) => !/^lib\/.+\/actions\.ts$/.test(file))).toEqual([])
  })
})
