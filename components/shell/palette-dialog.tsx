'use client'

import { Command } from 'cmdk'
import { useRouter } from 'next/navigation'
import { useEffect, useState } from 'react'
import { Modal } from '@/components/ui/dialog'
import { KeyHint } from '@/components/ui/key-hint'
import { caps, type ScopedBinding } from '@/components/ui/keyboard-match'
import { isApple } from '@/components/ui/keyboard-page'
import { applyTheme } from './remember'
import {
  type FindAgents,
  type FoundAgent,
  MORE_PLACES,
  PLACES,
  type ShellActions,
} from './shell-data'
import { THEME_WORDS, THEMES } from './theme'

const ITEM =
  'flex min-h-8 items-center gap-2 rounded-tag px-2 data-[selected=true]:bg-sel max-sm:min-h-11'
const GROUP =
  '[&_[cmdk-group-heading]]:px-2 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-meta [&_[cmdk-group-heading]]:text-ink-3'

/**
 * How well a line answers: its start, the start of a word, anywhere, not at all. Letters in between
 * never match, because Enter does what the first line says.
 */
function matches(value: string, search: string): number {
  const at = value.toLowerCase().indexOf(search.trim().toLowerCase())
  if (at === -1) return 0
  if (at === 0) return 1
  return value[at - 1] === ' ' ? 0.8 : 0.4
}

/** Agents whose name matches, asked for 120 ms after the last key. */
function useAgents(query: string, find: FindAgents | undefined): FoundAgent[] {
  const [found, setFound] = useState<FoundAgent[]>([])
  useEffect(() => {
    if (!find || query.trim() === '') {
      setFound([])
      return
    }
    let current = true
    const timer = setTimeout(() => {
      find(query.trim()).then(
        (agents) => current && setFound(agents),
        () => current && setFound([]),
      )
    }, 120)
    return () => {
      current = false
      clearTimeout(timer)
    }
  }, [find, query])
  return found
}

function Results(props: {
  query: string
  actions: readonly ScopedBinding[]
  findAgents: FindAgents | undefined
  go: (href: string) => void
  act: (binding: ScopedBinding) => void
  you: (change: () => void) => void
  signOut: ShellActions['signOut']
}) {
  const { signOut } = props
  const agents = useAgents(props.query, props.findAgents)
  return (
    <Command.List className="max-h-[min(420px,60dvh)] overflow-y-auto p-1">
      <Command.Empty className="px-2 py-3 text-ink-2">
        Nothing is called “{props.query}”.
      </Command.Empty>
      {agents.length > 0 ? (
        <Command.Group heading="Agents" className={GROUP}>
          {agents.map((agent) => (
            <Command.Item
              key={agent.href}
              value={`agent ${agent.name}`}
              forceMount
              onSelect={() => props.go(agent.href)}
              className={ITEM}
            >
              <span className="font-medium">{agent.name}</span>
              <span className="ml-auto text-meta text-ink-3">{agent.remark}</span>
            </Command.Item>
          ))}
        </Command.Group>
      ) : null}
      {props.actions.length > 0 ? (
        <Command.Group heading="On this screen" className={GROUP}>
          {props.actions.map((action) => (
            <Command.Item
              key={action.keys}
              value={action.label}
              onSelect={() => props.act(action)}
              className={ITEM}
            >
              {action.label}
              <KeyHint keys={caps(action.keys, isApple()).join(' ')} className="ml-auto" />
            </Command.Item>
          ))}
        </Command.Group>
      ) : null}
      <Command.Group heading="Go to" className={GROUP}>
        {[...PLACES, ...MORE_PLACES].map((place) => (
          <Command.Item
            key={place.key}
            value={`go to ${place.label}`}
            onSelect={() => props.go(place.href)}
            className={ITEM}
          >
            {place.label}
            <span className="ml-auto flex gap-1">
              <KeyHint keys="G" />
              <KeyHint keys={place.go.toUpperCase()} />
            </span>
          </Command.Item>
        ))}
      </Command.Group>
      <Command.Group heading="You" className={GROUP}>
        {THEMES.map((theme) => (
          <Command.Item
            key={theme}
            value={`theme ${THEME_WORDS[theme]}`}
            onSelect={() => props.you(() => applyTheme(theme))}
            className={ITEM}
          >
            Theme: {THEME_WORDS[theme].toLowerCase()}
          </Command.Item>
        ))}
        {signOut ? (
          <Command.Item value="sign out" onSelect={() => props.you(signOut)} className={ITEM}>
            Sign out
          </Command.Item>
        ) : null}
      </Command.Group>
    </Command.List>
  )
}

/** The palette while it is open; `Palette` loads it on the first use. */
export default function PaletteDialog(props: {
  actions: readonly ScopedBinding[]
  findAgents: FindAgents | undefined
  signOut: ShellActions['signOut']
  onClose: () => void
}) {
  const router = useRouter()
  const [query, setQuery] = useState('')
  const close = props.onClose
  return (
    <Modal open onClose={close} label="Search or go to" className="mt-[12dvh] w-[560px]">
      <Command label="Search or go to" filter={matches} className="flex flex-col">
        <Command.Input
          data-autofocus
          value={query}
          onValueChange={setQuery}
          placeholder="Agent, place or action"
          className="h-11 border-b border-line bg-raise px-3 text-ink outline-none placeholder:text-ink-3"
        />
        <Results
          query={query}
          actions={props.actions}
          findAgents={props.findAgents}
          signOut={props.signOut}
          you={(change) => {
            close()
            change()
          }}
          go={(href) => {
            close()
            router.push(href)
          }}
          act={(binding) => {
            close()
            requestAnimationFrame(() => binding.run())
          }}
        />
      </Command>
    </Modal>
  )
}
