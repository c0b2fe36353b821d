export const THEMES = ['system', 'light', 'dark'] as const
export type Theme = (typeof THEMES)[number]

export const THEME_WORDS: Record<Theme, string> = {
  system: 'As the system',
  light: 'Light',
  dark: 'Dark',
}

export const THEME_COOKIE = 'theme'
export const ZONE_COOKIE = 'zone'

/** Anything but a known theme means the system's. */
export function readTheme(value: string | undefined): Theme {
  return THEMES.find((theme) => theme === value) ?? 'system'
}

/** An IANA zone, or UTC when the cookie holds anything else. */
export function readZone(value: string | undefined): string {
  if (!value) return 'UTC'
  try {
    return new Intl.DateTimeFormat('en', { timeZone: value }).resolvedOptions().timeZone
  } catch {
    return 'UTC'
  }
}
