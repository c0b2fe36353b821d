import { cookies } from 'next/headers'
import type { ReactNode } from 'react'
import { rolesInWords } from '@/components/people/words'
import { Shell } from '@/components/shell/shell'
import { readTheme, THEME_COOKIE } from '@/components/shell/theme'
import { viewerClock } from '@/components/shell/viewer-clock'
import { findAgents } from '@/lib/agents/actions'
import { requirePageActor } from '@/lib/auth/current'
import { switchDemoPerson } from '@/lib/cli/demo/actions'
import { shellFacts } from '@/lib/inbox/queries/shell'
import { signOut } from '@/lib/people/actions'

/** The frame of every signed-in screen. Authorises nothing: each page asks for its actor itself. */
export default async function ConsoleLayout(props: { children: ReactNode }) {
  const actor = await requirePageActor()
  const clock = await viewerClock()
  const facts = await shellFacts(actor, new Date(clock.now))
  const jar = await cookies()
  return (
    <Shell
      person={{ name: actor.name, roles: rolesInWords(actor.grants), notices: facts.notices }}
      organisation={facts.organisation}
      counts={facts.counts}
      colophon={facts.log}
      clock={clock}
      theme={readTheme(jar.get(THEME_COOKIE)?.value)}
      demo={facts.demo}
      demoPeople={facts.demoPeople}
      actions={{ signOut, ...(facts.demo ? { switchPerson: switchDemoPerson } : {}) }}
      findAgents={findAgents}
    >
      {props.children}
    </Shell>
  )
}
