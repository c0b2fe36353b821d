import { z } from 'zod'
import { count, define, digest, id, signIn, slug, token } from './fields'

/** The installation, its people and who may do what. */
export const PEOPLE_FACTS = {
  'installation.created': define(1, '{actor} created the installation', { demo: z.boolean() }),
  'setup.completed': define(1, '{actor} completed the setup', {}),
  'demo.created': define(1, '{actor} filled the installation with demonstration data', {
    agents: count,
    people: count,
  }),
  'session.started': define(1, '{actor} signed in', { via: signIn }),
  'session.ended': define(1, "{actor} ended {person}'s session", {
    because: z.enum(['signed_out', 'revoked', 'disabled', 'password_changed', 'expired']),
  }),
  'session.refused': define(1, 'A sign-in was refused: {because}', {
    via: signIn,
    because: z.enum([
      'unknown_person',
      'wrong_password',
      'disabled',
      'not_joined',
      'rate_limited',
      'provider_refused',
      'link_invalid',
      'link_expired',
    ]),
  }),
  'person.invited': define(1, '{actor} invited {person}', {}),
  'person.joined': define(1, '{person} joined', { via: signIn }),
  'person.changed': define(1, '{actor} changed the profile of {person}', {
    fields: z.array(z.enum(['name', 'email', 'zone', 'locale'])),
  }),
  'person.disabled': define(1, '{actor} disabled {person}', { sessions: count }),
  'person.enabled': define(1, '{actor} enabled {person}', {}),
  'password.changed': define(1, '{actor} changed the password of {person}', {}),
  'identity.linked': define(1, '{actor} linked a sign-on identity to {person}', {
    issuer: digest,
  }),
  'invitation.renewed': define(1, '{actor} renewed the invitation of {person}', {}),
  'recovery.opened': define(1, '{actor} opened a way back in for {person}', {}),
  'role.granted': define(1, '{actor} granted {person} the role {role}', {
    role: token,
    department: id.nullable(),
  }),
  'role.revoked': define(1, '{actor} revoked the role {role} of {person}', {
    role: token,
    department: id.nullable(),
  }),
  'department.created': define(1, '{actor} created the department {slug}', { slug }),
  'department.renamed': define(1, '{actor} renamed {department}', {}),
  'workspace.registered': define(1, '{actor} registered the workspace {slug}', {
    slug,
    root: digest,
  }),
  'workspace.removed': define(1, '{actor} removed the workspace {slug}', { slug }),
  'group.created': define(1, '{actor} made a group of reviewers', { slug }),
  'group.member_added': define(1, '{actor} put {person} into {slug}', { slug }),
  'group.member_removed': define(1, '{actor} took {person} out of {slug}', { slug }),
  'mail.preferred': define(1, '{actor} chose which mail they get', {
    wanted: z.enum(['digest', 'none']),
  }),
  'mail.retried': define(1, '{actor} sent a mail to {person} again', {}),
  'view.saved': define(1, '{actor} saved a view', { screen: token }),
  'view.removed': define(1, '{actor} removed a view', { screen: token }),
} as const
