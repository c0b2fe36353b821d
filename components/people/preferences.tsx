'use client'

import { useState } from 'react'
import { remember } from '@/components/shell/remember'
import { THEME_COOKIE, type Theme } from '@/components/shell/theme'
import { Segmented } from '@/components/ui/choices'
import { useKeyboard } from '@/components/ui/keyboard'

const THEMES = [
  { value: 'system', label: 'As the system' },
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
] as const
const KEYS = [
  { value: 'on', label: 'On' },
  { value: 'off', label: 'Off' },
] as const

/** What this browser remembers for the reader: theme and single keys. */
export function Preferences(props: { theme: Theme }) {
  const { singleKeys, setSingleKeys } = useKeyboard()
  const [theme, setTheme] = useState<string>(props.theme)
  const pick = (next: string) => {
    setTheme(next)
    document.documentElement.dataset.theme = next
    remember(THEME_COOKIE, next)
  }
  return (
    <div className="flex flex-wrap gap-x-10 gap-y-4 pt-3">
      <div>
        <p className="pb-1 text-meta text-ink-2">Theme</p>
        <Segmented name="theme" label="Theme" choices={THEMES} value={theme} onChange={pick} />
      </div>
      <div>
        <p className="pb-1 text-meta text-ink-2">Single keys</p>
        <Segmented
          name="keys"
          label="Single keys"
          choices={KEYS}
          value={singleKeys ? 'on' : 'off'}
          onChange={(value) => setSingleKeys(value === 'on')}
        />
        <p className="max-w-[42ch] pt-1.5 text-meta text-ink-3">
          Off: no letter alone does anything. Combinations and Esc go on working.
        </p>
      </div>
    </div>
  )
}
