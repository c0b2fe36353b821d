import { THEME_COOKIE, type Theme } from './theme'

/** Writes a preference cookie for a year. Browser only; holds no secret, so script may read it. */
export function remember(name: string, value: string): void {
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in every browser yet
  document.cookie = `${name}=${encodeURIComponent(value)}; path=/; max-age=31536000; samesite=lax`
}

/** Shows the theme now and writes it down for the next page. Browser only. */
export function applyTheme(theme: Theme): void {
  document.documentElement.dataset.theme = theme
  remember(THEME_COOKIE, theme)
}
