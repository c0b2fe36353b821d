import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, test } from 'vitest'

const css = readFileSync(resolve(import.meta.dirname, '../../app/globals.css'), 'utf8')
const tokens = new Map(
  Array.from(
    css.matchAll(/--([a-z0-9-]+): light-dark\((#[0-9a-f]{6,8}), (#[0-9a-f]{6,8})\);/g),
    (match) => [match[1]!, { light: match[2]!, dark: match[3]! }],
  ),
)

type Theme = 'light' | 'dark'
function colour(token: string, theme: Theme): string {
  const found = tokens.get(token)
  if (!found) throw new Error(`app/globals.css has no token --${token}`)
  return found[theme]
}

/** Relative luminance, WCAG 2.2. */
function luminance(hex: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4
  }) as [number, number, number]
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

function contrast(over: string, under: string, theme: Theme): number {
  const [a, b] = [luminance(colour(over, theme)), luminance(colour(under, theme))]
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05)
}

/** The measured table of the design: over, under, light, dark. */
const MEASURED: [string, string, number, number][] = [
  ['ink', 'bg', 17.1, 15.4],
  ['ink-2', 'bg', 8.2, 9.0],
  ['ink-2', 'sel', 7.0, 7.6],
  ['ink-3', 'bg', 5.3, 6.1],
  ['ink-3', 'sel', 4.6, 5.1],
  ['acc', 'bg', 7.7, 9.1],
  ['on-fill', 'acc-fill', 7.7, 5.7],
  ['on-fill', 'red-fill', 6.5, 6.5],
  ['red', 'bg', 6.7, 7.8],
  ['red', 'red-soft', 5.8, 7.1],
  ['amb', 'amb-soft', 5.8, 8.1],
  ['grn', 'grn-soft', 5.7, 7.9],
  ['ink', 'del-word', 10.7, 8.8],
  ['ctl', 'bg', 3.8, 3.8],
  ['ctl', 'sel', 3.2, 3.2],
  ['amb-mark', 'amb-soft', 3.3, 8.1],
]

describe('colours', () => {
  test.each(MEASURED)('%s on %s measures %d light and %d dark', (over, under, light, dark) => {
    // The table is printed to one decimal; a changed colour moves a ratio by far more than this.
    expect(Math.abs(contrast(over, under, 'light') - light)).toBeLessThan(0.06)
    expect(Math.abs(contrast(over, under, 'dark') - dark)).toBeLessThan(0.06)
  })

  const THEMES: Theme[] = ['light', 'dark']
  const SURFACES = ['bg', 'sunk', 'code', 'hover', 'here', 'sel', 'raise']
  const TEXT_ON_ANY_SURFACE = ['ink', 'ink-2', 'acc']

  test.each(THEMES)('%s: text that may stand on any surface has 4.5 to 1 there', (theme) => {
    const weak = TEXT_ON_ANY_SURFACE.flatMap((text) =>
      SURFACES.filter((surface) => contrast(text, surface, theme) < 4.5).map(
        (surface) => `${text} on ${surface}`,
      ),
    )
    expect(weak).toEqual([])
  })

  test.each(THEMES)('%s: the lowest text keeps 4.5 to 1 wherever it stands', (theme) => {
    for (const surface of ['bg', 'sunk', 'code', 'hover', 'sel', 'raise'])
      expect(contrast('ink-3', surface, theme), `ink-3 on ${surface}`).toBeGreaterThanOrEqual(4.5)
  })

  test.each(THEMES)('%s: words keep 4.5 to 1 on every diff tint', (theme) => {
    for (const tint of ['add', 'add-word', 'del', 'del-word'])
      expect(contrast('ink', tint, theme), `ink on ${tint}`).toBeGreaterThanOrEqual(4.5)
    for (const [sign, tint] of [
      ['grn', 'add'],
      ['red', 'del'],
    ] as const)
      expect(contrast(sign, tint, theme), `${sign} on ${tint}`).toBeGreaterThanOrEqual(4.5)
  })

  test.each(THEMES)('%s: a pressed fill still carries white text', (theme) => {
    for (const fill of ['acc-press', 'red-press'])
      expect(contrast('on-fill', fill, theme), fill).toBeGreaterThanOrEqual(4.5)
  })

  test('every colour that Tailwind offers is a token, and every colour token is offered', () => {
    const offered = Array.from(
      css.matchAll(/--color-([a-z0-9-]+): var\(--([a-z0-9-]+)\);/g),
      (m) => [m[1]!, m[2]!],
    )
    for (const [name, token] of offered) expect(tokens.has(token!), `--color-${name}`).toBe(true)
    const names = new Set(offered.map(([, token]) => token))
    const private_ = new Set(['float', 'float-far', 'float-ring'])
    for (const token of tokens.keys())
      if (!private_.has(token)) expect(names.has(token), `--${token} has no class`).toBe(true)
  })
})
