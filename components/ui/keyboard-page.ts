/** What the page itself says about keys. Browser only; reads the document, changes nothing. */

const TYPED_INTO =
  'input:not([type=checkbox]):not([type=radio]):not([type=button]):not([type=submit]), textarea, select, [contenteditable]:not([contenteditable=false]), [role=textbox], [role=menu], [role=listbox], .cm-editor'

/** True while a press is text or belongs to a widget that has keys of its own. */
export function isTyping(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest(TYPED_INTO) !== null
}

/** An open modal dialog covers the rest of the page, also for keys. */
export function isCovered(): boolean {
  return document.querySelector('dialog:modal') !== null
}
function root(): ParentNode {
  return document.querySelector('dialog:modal') ?? document
}

function isUsable(element: HTMLElement): boolean {
  return !element.matches(':disabled, [aria-disabled=true]') && element.getClientRects().length > 0
}

/** The first visible, enabled element bound to the key. */
export function visibleKeyed(keys: string): HTMLElement | undefined {
  return Array.from(root().querySelectorAll<HTMLElement>('[data-key]')).find(
    (element) => element.dataset.key === keys && isUsable(element),
  )
}

function labelOf(element: HTMLElement): string {
  const named = element.getAttribute('aria-label')
  if (named) return named
  const text = element instanceof HTMLInputElement ? element.labels?.[0] : element
  const copy = text?.cloneNode(true)
  if (!(copy instanceof HTMLElement)) return element.dataset.key ?? ''
  for (const hint of copy.querySelectorAll('.key-hint')) hint.remove()
  return (copy.textContent ?? '').trim()
}

/** Keys that buttons, links and radios of the page declare, with their words. */
export function declaredKeys(): { keys: string; label: string }[] {
  const found = new Map<string, string>()
  for (const element of root().querySelectorAll<HTMLElement>('[data-key]')) {
    const keys = element.dataset.key
    if (keys && !found.has(keys) && isUsable(element)) found.set(keys, labelOf(element))
  }
  return Array.from(found, ([keys, label]) => ({ keys, label }))
}

/** True where the modifier is printed ⌘. */
export function isApple(): boolean {
  return /Mac|iPhone|iPad/.test(navigator.platform)
}
