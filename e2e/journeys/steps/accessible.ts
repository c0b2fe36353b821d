import { AxeBuilder } from '@axe-core/playwright'
import { expect, type Page } from '@playwright/test'

const THEMES = ['light', 'dark'] as const

/**
 * No violation of any rule of axe on the page as it is now, in both themes. The theme is changed in
 * place, so that what is open and typed stays.
 */
export async function expectAccessible(page: Page, name: string): Promise<void> {
  const before = await page.evaluate(() => document.documentElement.dataset.theme ?? 'system')
  const found: string[] = []
  for (const theme of THEMES) {
    await setTheme(page, theme)
    const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze()
    for (const { id, impact, nodes } of violations) {
      const places = nodes.slice(0, 3).map((node) => `${node.target.join(' ')}: ${node.html}`)
      found.push(`${theme}, ${impact} ${id} (${nodes.length}):\n    ${places.join('\n    ')}`)
    }
  }
  await setTheme(page, before)
  expect.soft(found, `axe on "${name}" (${new URL(page.url()).pathname})`).toEqual([])
}

/** Shows a theme and waits until no colour moves any more. */
async function setTheme(page: Page, theme: string): Promise<void> {
  await page.evaluate(async (next) => {
    document.documentElement.dataset.theme = next
    const frame = () => new Promise((go) => requestAnimationFrame(go))
    await frame()
    const moving = document.getAnimations().filter((one) => one instanceof CSSTransition)
    for (const one of moving) one.finish()
    await frame()
  }, theme)
}
