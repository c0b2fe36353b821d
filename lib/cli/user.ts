import 'server-only'
import { ROLES, type Role } from '@/lib/auth/permissions'
import { actorForPerson } from '@/lib/auth/sessions'
import { siteUrl } from '@/lib/auth/site'
import { invalid } from '@/lib/core/errors'
import { openDatabase, shutDatabase } from '@/lib/db/boot'
import { invitePerson, recoverPerson } from '@/lib/people/commands/invite'
import { cliDepartment, cliPerson } from './person'
import { sealLog } from './seal'
import { type CliCommand, EXIT, printJson, readArguments } from './terminal'

/** `chancery user add` invites; `chancery user recover` lets somebody back in. Both print a link. */
export const user: CliCommand = async (argv) => {
  const { values, positionals } = readArguments(argv, {
    name: { type: 'string' },
    role: { type: 'string', multiple: true },
    as: { type: 'string' },
    json: { type: 'boolean', default: false },
  })
  const [verb, email, ...more] = positionals
  if (email === undefined || more.length > 0)
    invalid('Name one e-mail: chancery user add <e-mail>.')
  if (verb !== 'add' && verb !== 'recover')
    invalid('Say "chancery user add" or "chancery user recover".')
  await openDatabase()
  const token = verb === 'add' ? await add(email, values) : await recover(email)
  await sealLog()
  await shutDatabase()
  const link = `${siteUrl()}/join?token=${token}`
  if (values.json) printJson({ email, link })
  else console.log(`Give ${email} this one-time link:\n  ${link}`)
  return EXIT.ok
}

async function add(
  email: string,
  values: { name?: string | undefined; role?: string[] | undefined; as?: string | undefined },
): Promise<string> {
  const actor = await cliPerson(values.as)
  const roles = await Promise.all((values.role ?? ['viewer']).map(roleOf))
  const input = { email, name: values.name ?? email.split('@')[0], roles }
  return (await invitePerson.execute(actor, input)).value.token
}

/** "approver" everywhere, "approver@data" in one department. */
async function roleOf(text: string): Promise<{ role: Role; departmentId: string | null }> {
  const [role = '', place] = text.split('@')
  if (!ROLES.includes(role as Role)) invalid(`${role} is not a role. Roles: ${ROLES.join(', ')}.`)
  const departmentId = place === undefined ? null : await cliDepartment(place)
  return { role: role as Role, departmentId }
}

async function recover(email: string): Promise<string> {
  const person = await actorForPerson({ email }, 'cli')
  if (!person) invalid(`Nobody active has the e-mail ${email}.`)
  const CLI = { kind: 'system', id: 'cli', name: 'Command line' } as const
  return (await recoverPerson.execute(CLI, { personId: person.id })).value.token
}
