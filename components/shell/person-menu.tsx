'use client'

import { ChevronsUpDown } from 'lucide-react'
import { useState, useTransition } from 'react'
import { useKeyboard } from '@/components/ui/keyboard'
import { Menu, MenuChoices, MenuItem, MenuLine } from '@/components/ui/menu'
import { Initials } from '@/components/ui/person'
import { applyTheme } from './remember'
import type { DemoPerson, ShellActions, ShellPerson } from './shell-data'
import { readTheme, THEME_WORDS, THEMES, type Theme } from './theme'

const THEME_CHOICES = THEMES.map((value) => ({ value, label: THEME_WORDS[value] }))
const KEY_CHOICES = [
  { value: 'on', label: 'On' },
  { value: 'off', label: 'Off' },
]

function DemoPeople(props: { people: readonly DemoPerson[]; go: (id: string) => void }) {
  return (
    <>
      <p className="px-2 pt-1.5 pb-0.5 text-meta text-ink-3">Demo: act as</p>
      {props.people.map((person) => (
        <MenuItem key={person.id} aside={person.roles} onSelect={() => props.go(person.id)}>
          {person.name}
        </MenuItem>
      ))}
      <MenuLine />
    </>
  )
}

/** Who is signed in, at the foot of the sidebar: theme, keys, sessions, sign out. */
export function PersonMenu(props: {
  person: ShellPerson
  theme: Theme
  demoPeople: readonly DemoPerson[]
  actions: ShellActions
}) {
  const { person, actions } = props
  const { singleKeys, setSingleKeys } = useKeyboard()
  const [theme, setTheme] = useState<string>(props.theme)
  const [, start] = useTransition()
  const switchPerson = actions.switchPerson
  const signOut = actions.signOut

  const pickTheme = (next: string) => {
    setTheme(next)
    applyTheme(readTheme(next))
  }
  return (
    <Menu
      side="top"
      align="start"
      width={216}
      trigger={
        <button
          type="button"
          aria-label={`${person.name}, ${person.roles}. Preferences and sign out`}
          className="flex h-12 w-full shrink-0 items-center gap-2 border-t border-line px-4 text-left hover:bg-hover max-md:justify-center max-md:px-0"
        >
          <Initials name={person.name} />
          <span className="min-w-0 flex-1 max-md:hidden">
            <span className="block truncate font-medium leading-4">{person.name}</span>
            <span className="block truncate text-meta text-ink-3">{person.roles}</span>
          </span>
          <ChevronsUpDown
            aria-hidden="true"
            size={13}
            strokeWidth={1.75}
            className="text-ink max-md:hidden"
          />
        </button>
      }
    >
      {props.demoPeople.length > 0 && switchPerson ? (
        <DemoPeople people={props.demoPeople} go={(id) => start(async () => switchPerson(id))} />
      ) : null}
      <MenuChoices label="Theme" value={theme} choices={THEME_CHOICES} onChange={pickTheme} />
      <MenuLine />
      <MenuChoices
        label="Single keys"
        value={singleKeys ? 'on' : 'off'}
        choices={KEY_CHOICES}
        onChange={(value) => setSingleKeys(value === 'on')}
      />
      <MenuLine />
      <MenuItem href="/notices" {...(person.notices > 0 ? { aside: `${person.notices} new` } : {})}>
        Notices
      </MenuItem>
      <MenuItem href="/settings#sessions">Sessions</MenuItem>
      {signOut ? <MenuItem onSelect={() => start(async () => signOut())}>Sign out</MenuItem> : null}
    </Menu>
  )
}
