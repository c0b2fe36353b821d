/** The page of a rule: what it asks, why, and what passes. */
export function ruleHref(rule: string): string {
  return `/constitution/rules/${encodeURIComponent(rule)}`
}

/** A link to it inside the text; a new tab, because the draft stays where it is. */
export function ruleLink(rule: string, className: string): HTMLAnchorElement {
  const link = document.createElement('a')
  link.href = ruleHref(rule)
  link.target = '_blank'
  link.rel = 'noopener'
  link.className = className
  link.textContent = rule
  return link
}
