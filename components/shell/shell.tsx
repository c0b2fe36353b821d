import type { ReactNode } from 'react'
import { KeyboardProvider } from '@/components/ui/keyboard'
import type { Clock } from '@/components/ui/time-words'
import { Toaster } from '@/components/ui/toaster'
import { BottomBar } from './bottom-bar'
import { KeySheet } from './key-sheet'
import { OfflineBanner } from './offline-banner'
import { Palette } from './palette'
import { PersonMenu } from './person-menu'
import { PlaceKeys } from './place-keys'
import type {
  ColophonData,
  DemoPerson,
  FindAgents,
  ShellActions,
  ShellCounts,
  ShellPerson,
} from './shell-data'
import { Sidebar } from './sidebar'
import type { Theme } from './theme'

/**
 * The frame of every signed-in screen: navigation, log colophon, person menu, palette, keys. The
 * screen itself fills `<main>`; it starts with a `PageHeader` and scrolls inside its own panes.
 */
export function Shell(props: {
  person: ShellPerson
  organisation: string
  counts: ShellCounts
  colophon: ColophonData
  clock: Clock
  theme: Theme
  demo: boolean
  demoPeople?: readonly DemoPerson[]
  actions?: ShellActions
  findAgents?: FindAgents
  children: ReactNode
}) {
  const { counts, colophon, clock } = props
  return (
    <KeyboardProvider>
      <a
        href="#main"
        className="fixed top-2 left-2 z-50 -translate-y-16 rounded-box bg-raise px-3 py-1.5 text-acc focus:translate-y-0 focus:shadow-float"
      >
        Skip to the content
      </a>
      <div className="shell relative flex h-dvh flex-col overflow-clip [@media(height<440px)]:h-auto [@media(height<440px)]:min-h-dvh print:h-auto">
        {props.demo ? (
          <aside
            aria-label="Demonstration"
            className="shrink-0 border-b border-dashed border-ctl bg-bg px-4 py-1 text-center text-meta text-ink-2"
          >
            <strong className="font-medium text-ink">Demo data.</strong> Nothing here is real
            <span className="max-sm:hidden">; everything can be removed in Settings</span>.
          </aside>
        ) : null}
        <OfflineBanner />
        <div className="flex min-h-0 flex-1">
          <Sidebar
            organisation={props.organisation}
            counts={counts}
            log={colophon}
            clock={clock}
            person={
              <PersonMenu
                person={props.person}
                theme={props.theme}
                demoPeople={props.demoPeople ?? []}
                actions={props.actions ?? {}}
              />
            }
          />
          <main
            id="main"
            tabIndex={-1}
            className="flex min-w-0 flex-1 flex-col outline-none print:block"
          >
            {props.children}
          </main>
        </div>
        <BottomBar counts={counts} log={colophon} clock={clock} />
      </div>
      <PlaceKeys />
      <KeySheet />
      <Palette findAgents={props.findAgents} signOut={props.actions?.signOut} />
      <Toaster />
    </KeyboardProvider>
  )
}
