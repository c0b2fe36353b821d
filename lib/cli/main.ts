import { ChanceryError } from '@/lib/core/errors'
import { type CliCommand, EXIT, type ExitCode, fail } from './terminal'

/** Each command is loaded only when it is asked for: `--help` opens no database. */
const COMMANDS: Record<string, { usage: string; what: string; load: () => Promise<CliCommand> }> = {
  start: {
    usage: 'start',
    what: 'start everything: database, worker, console (builds it the first time)',
    load: async () => (await import('./start')).start,
  },
  build: {
    usage: 'build',
    what: 'build the console; start does it by itself when something changed',
    load: async () => (await import('./build')).build,
  },
  dev: {
    usage: 'dev',
    what: 'the same with live reload, for working on Chancery itself',
    load: async () => (await import('./start')).dev,
  },
  worker: {
    usage: 'worker',
    what: 'one more background worker beside the console',
    load: async () => (await import('./worker')).worker,
  },
  lint: {
    usage: 'lint <path>… [--format text|json|sarif] [--constitution <file>] [--help]',
    what: 'check agent files by the same rules, without a server or a database',
    load: async () => (await import('./lint')).lint,
  },
  import: {
    usage: 'import <path> [--department <slug>] [--as <e-mail>] [--json]',
    what: 'take agent files as they are; importing again changes nothing',
    load: async () => (await import('./import')).importPath,
  },
  export: {
    usage: 'export <folder> [--published] [--format <name>] [--json]',
    what: 'write the exact bytes of every agent, or convert them and say what is lost',
    load: async () => (await import('./export')).exportTo,
  },
  verify: {
    usage: 'verify [--json]',
    what: 'recompute the whole audit log and compare it with the records',
    load: async () => (await import('./verify')).verify,
  },
  doctor: {
    usage: 'doctor [--json]',
    what: 'say what is wrong with this installation and how to mend it',
    load: async () => (await import('./doctor')).doctor,
  },
  db: {
    usage: 'db stop | db url [--admin]',
    what: 'stop the built-in database, or print its connection string',
    load: async () => (await import('./database')).database,
  },
  user: {
    usage: 'user add|recover <e-mail> [--name <name>] [--role <role>[@<department>]]… [--json]',
    what: 'invite a person, or let one back in; prints the link to choose a password',
    load: async () => (await import('./user')).user,
  },
}

/** Entry of the `chancery` command. Always ends the process with a documented exit code. */
export async function main(argv: readonly string[]): Promise<void> {
  const [name, ...rest] = argv
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    console.log(helpText())
    return leave(name === undefined ? EXIT.badInput : EXIT.ok)
  }
  const found = COMMANDS[name]
  if (!found) {
    return leave(
      fail(`There is no command "${name}". Run "chancery help" for the list.`, EXIT.badInput),
    )
  }
  try {
    const command = await found.load()
    await leave(await command(rest))
  } catch (error) {
    if (error instanceof ChanceryError) return leave(fail(error.message, EXIT.badInput))
    console.error(error)
    await leave(fail('The command failed on our side. Nothing was half done.', EXIT.toolError))
  }
}

/** Ends the process once a pipe has taken everything that was printed. */
async function leave(code: ExitCode): Promise<void> {
  const flushed = (stream: NodeJS.WriteStream) =>
    new Promise<void>((done) => stream.write('', () => done()))
  await Promise.all([flushed(process.stdout), flushed(process.stderr)])
  process.exit(code)
}

function helpText(): string {
  const width = Math.max(...Object.values(COMMANDS).map((c) => c.usage.length))
  const rows = Object.values(COMMANDS).map((c) => `  ${c.usage.padEnd(width)}  ${c.what}`)
  return [
    'chancery: the governance console for a team’s AI agents',
    '',
    ...rows,
    '',
    'Settings: CHANCERY_DATA (default .chancery), HOST (127.0.0.1), PORT (3000), DATABASE_URL,',
    'DATABASE_ADMIN_URL. Exit codes: 0 done, verified or clean, 1 not done, tampering proven or',
    'errors found, 2 inconclusive, 3 bad input, 4 tool error.',
  ].join('\n')
}
