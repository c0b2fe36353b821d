'use client'

import {
  createContext,
  type ReactNode,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useRef,
  useState,
} from 'react'
import { type Binding, isSingleKey, pressName, type ScopedBinding, step } from './keyboard-match'
import { declaredKeys, isCovered, isTyping, visibleKeyed } from './keyboard-page'

const SEQUENCE_MS = 1_200
const STORED = 'chancery.single-keys'

type Keyboard = {
  add: (scope: string, bindings: readonly Binding[]) => () => void
  /** Everything that can be pressed now: registered bindings, then those of the page's elements. */
  list: () => ScopedBinding[]
  singleKeys: boolean
  setSingleKeys: (on: boolean) => void
}
const Context = createContext<Keyboard | null>(null)

/** The registry. Throws outside `KeyboardProvider`, because a dead shortcut is worse than none. */
export function useKeyboard(): Keyboard {
  const keyboard = useContext(Context)
  if (!keyboard) throw new Error('useKeyboard needs KeyboardProvider above it.')
  return keyboard
}

/**
 * Binds keys while the calling component is mounted. `scope` is the heading under which the sheet
 * lists them ("Inbox"). Later mounts win, so a reader's meaning of a key covers the list's.
 */
export function useKeys(scope: string, bindings: readonly Binding[]): void {
  const { add } = useKeyboard()
  const latest = useRef(bindings)
  useEffect(() => {
    latest.current = bindings
  })
  const shape = bindings.map((binding) => `${binding.keys}\u0000${binding.label}`).join('\u0001')
  useEffect(() => {
    const stable = shape === '' ? [] : shape.split('\u0001')
    return add(
      scope,
      stable.map((entry, index) => {
        const [keys = '', label = ''] = entry.split('\u0000')
        return { keys, label, run: () => latest.current[index]?.run() }
      }),
    )
  }, [add, scope, shape])
}

function usePresses(list: () => ScopedBinding[], singleKeys: boolean): void {
  const pressed = useRef('')
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined)
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing) return
      const name = pressName(event)
      if (name === null) return
      if (isTyping(event.target) && !name.startsWith('mod+')) return
      const usable = list().filter(
        (binding) => !isSingleKey(binding.keys) || (singleKeys && !event.repeat),
      )
      const next = step(pressed.current, name, usable)
      clearTimeout(timer.current)
      pressed.current = next.kind === 'wait' ? next.pressed : ''
      if (next.kind === 'none') return
      event.preventDefault()
      if (next.kind === 'run') next.binding.run()
      else timer.current = setTimeout(() => (pressed.current = ''), SEQUENCE_MS)
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [list, singleKeys])
}

/** Holds the one registry of keys and the switch that turns single keys off (WCAG 2.1.4). */
export function KeyboardProvider(props: { children: ReactNode }) {
  const scopes = useRef<ScopedBinding[][]>([])
  const [singleKeys, setOn] = useState(true)

  const add = useCallback((scope: string, bindings: readonly Binding[]) => {
    const own = bindings.map((binding) => ({ ...binding, scope }))
    scopes.current.push(own)
    return () => {
      scopes.current = scopes.current.filter((other) => other !== own)
    }
  }, [])
  const list = useCallback(
    () => [
      ...(isCovered() ? [] : scopes.current.flat()),
      ...declaredKeys().map((found) => ({
        ...found,
        scope: 'This screen',
        run: () => visibleKeyed(found.keys)?.click(),
      })),
    ],
    [],
  )
  const setSingleKeys = useCallback((on: boolean) => {
    setOn(on)
    localStorage.setItem(STORED, on ? 'on' : 'off')
  }, [])

  useEffect(() => setOn(localStorage.getItem(STORED) !== 'off'), [])
  useEffect(() => {
    document.documentElement.dataset.keys = singleKeys ? 'on' : 'off'
  }, [singleKeys])
  usePresses(list, singleKeys)

  const value = useMemo(
    () => ({ add, list, singleKeys, setSingleKeys }),
    [add, list, singleKeys, setSingleKeys],
  )
  return <Context value={value}>{props.children}</Context>
}
