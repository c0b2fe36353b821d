import type { Metadata } from 'next'
import { cookies } from 'next/headers'
import { AbsencePart } from '@/components/inbox/absence-part'
import { Mail } from '@/components/notifications/mail'
import { placesOf } from '@/components/people/places'
import { SettingsScreen } from '@/components/people/settings-screen'
import { Workspaces } from '@/components/people/workspaces'
import { readTheme, THEME_COOKIE } from '@/components/shell/theme'
import { viewerClock } from '@/components/shell/viewer-clock'
import { requirePageActor } from '@/lib/auth/current'
import { oidcSettings } from '@/lib/auth/oidc'
import { can } from '@/lib/auth/permissions'
import { ownAbsences } from '@/lib/inbox/queries/absences'
import { ownMail, stuckMails } from '@/lib/notifications/queries'
import { mailIsSet } from '@/lib/notifications/smtp'
import { enforcedBy, getInstallation, listDepartments } from '@/lib/people/queries/installation'
import { ownSessions, ownWaysIn } from '@/lib/people/queries/own'
import { listWorkspaces } from '@/lib/runs/queries/list'

export const metadata: Metadata = { title: 'Settings' }

export default async function SettingsPage() {
  const actor = await requirePageActor()
  const sso = oidcSettings()
  const absences = await ownAbsences(actor, new Date())
  const [sessions, ways, installation, departments, protections, workspaces, clock, jar, mail] =
    await Promise.all([
      ownSessions(actor),
      ownWaysIn(actor),
      getInstallation(),
      listDepartments(actor),
      enforcedBy(actor),
      listWorkspaces(actor, 'catalog.read'),
      viewerClock(),
      cookies(),
      Promise.all([ownMail(actor), stuckMails(actor)]),
    ])
  const places = placesOf(actor, 'workspace.register', departments).filter(({ id }) => id !== null)
  return (
    <SettingsScreen
      {...{ installation, departments, protections, clock }}
      me={{ email: actor.email, ways, sessions }}
      theme={readTheme(jar.get(THEME_COOKIE)?.value)}
      mayCreateDepartment={can(actor, 'department.create', null)}
      mayRemoveDemo={can(actor, 'installation.manage', null)}
      provider={sso ? { name: sso.name, issuer: sso.issuer } : null}
    >
      <Mail wanted={mail[0]} stuck={mail[1]} clock={clock} configured={mailIsSet()} />
      <AbsencePart absences={absences} clock={clock} />
      <Workspaces rows={workspaces} places={places} />
    </SettingsScreen>
  )
}
