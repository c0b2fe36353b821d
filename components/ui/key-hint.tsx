import clsx from 'clsx'

const TONES = {
  plain: 'border-line-2 bg-bg text-ink-3',
  primary: 'border-on-fill/50 text-on-fill',
} as const

/** What is printed on a cap, and what the registry calls the same key. */
const CAPS: Record<string, string> = {
  '⌘↵': 'mod+enter',
  '⌘K': 'mod+k',
  Esc: 'escape',
  '⌫': 'backspace',
}

/**
 * The attributes that bind a key to a button, a link or a radio without a script of its own: the
 * keyboard registry presses the first visible element whose `data-key` is the key pressed, lists it
 * under `?` and in the palette.
 */
export function keyAttributes(keys: string | undefined) {
  if (keys === undefined) return {}
  const name = CAPS[keys] ?? keys.toLowerCase()
  return {
    'data-key': name,
    'aria-keyshortcuts': name === 'mod+enter' ? 'Control+Enter Meta+Enter' : keys,
  }
}

/** The same key where the modifier is not ⌘. */
function elsewhere(keys: string): string {
  return keys.replace('⌘', 'Ctrl ')
}

/**
 * The key that does what it stands in, as a 16 px box. A drawing only; it goes when single keys are
 * switched off and on a phone. Which modifier is printed is the layout's `data-caps`.
 */
export function KeyHint(props: { keys: string; tone?: keyof typeof TONES; className?: string }) {
  return (
    <span
      aria-hidden="true"
      className={clsx(
        'key-hint inline-flex h-4 min-w-4 items-center justify-center rounded-tag border px-1 font-sans text-tiny max-sm:hidden',
        TONES[props.tone ?? 'plain'],
        props.className,
      )}
    >
      {props.keys.includes('⌘') ? (
        <>
          <span className="cap-apple">{props.keys}</span>
          <span className="cap-other">{elsewhere(props.keys)}</span>
        </>
      ) : (
        props.keys
      )}
    </span>
  )
}
