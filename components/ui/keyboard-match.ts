/** Which binding a key press means. Pure, so that the map can be tested without a browser. */

export type KeyPress = {
  key: string
  ctrlKey: boolean
  metaKey: boolean
  altKey: boolean
  shiftKey: boolean
}

/**
 * `keys` is one step ("a", "?", "escape", "mod+k") or a sequence separated by spaces ("g i"). `mod`
 * is Ctrl or Cmd. `label` says what happens, for the sheet under `?`.
 */
export type Binding = { keys: string; label: string; run: () => void }
export type ScopedBinding = Binding & { scope: string }

const NAMES: Record<string, string> = { ' ': 'space', esc: 'escape' }

/**
 * The name of a press: what the key prints, so that it holds on every keyboard layout (a bracket is
 * a bracket even where it needs Alt Gr); with "mod+" for Ctrl or Cmd. Null for a press that never is
 * a shortcut: a letter with Alt, a modifier alone.
 */
export function pressName(press: KeyPress): string | null {
  if (['Control', 'Meta', 'Shift', 'Alt', 'AltGraph', 'Dead', 'Process'].includes(press.key))
    return null
  if (press.altKey) return /^[^a-z0-9\s]$/i.test(press.key) ? press.key : null
  const lower = press.key.toLowerCase()
  const name = NAMES[lower] ?? lower
  const mod = press.ctrlKey || press.metaKey ? 'mod+' : ''
  const named = press.key.length > 1 || /[a-z]/.test(lower)
  const shift = press.shiftKey && named ? 'shift+' : ''
  return `${mod}${shift}${name}`
}

/** True for what can be typed by accident or by speech input: what the off switch turns off. */
export function isSingleKey(keys: string): boolean {
  return keys.split(' ').every((step) => !step.startsWith('mod+') && step.length === 1)
}

export type Step =
  | { kind: 'run'; binding: ScopedBinding }
  | { kind: 'wait'; pressed: string }
  | { kind: 'none' }

/**
 * What the next press means after `pressed` (the steps of an unfinished sequence, "" for none).
 * Later scopes win over earlier ones, so a screen may give a key of the whole product its own
 * meaning. A press that breaks a sequence is read again as a first press.
 */
export function step(pressed: string, name: string, bindings: readonly ScopedBinding[]): Step {
  const now = pressed === '' ? name : `${pressed} ${name}`
  const found = bindings.findLast((binding) => binding.keys === now)
  if (found) return { kind: 'run', binding: found }
  if (bindings.some((binding) => binding.keys.startsWith(`${now} `)))
    return { kind: 'wait', pressed: now }
  return pressed === '' ? { kind: 'none' } : step('', name, bindings)
}

const PRINTED: Record<string, string> = {
  escape: 'Esc',
  enter: '↵',
  backspace: '⌫',
  arrowdown: '↓',
  arrowup: '↑',
}
/** The caps to print for a binding, one per key: "g i" → G, I; "mod+k" → ⌘K or Ctrl K. */
export function caps(keys: string, apple: boolean): string[] {
  return keys.split(' ').map((one) =>
    one
      .split('+')
      .map((part) => {
        if (part === 'mod') return apple ? '⌘' : 'Ctrl '
        if (part === 'shift') return '⇧'
        return PRINTED[part] ?? part.toUpperCase()
      })
      .join(''),
  )
}
