import { EVERYTHING, type LogFilter, OUTCOMES, type Outcome } from './model'

const WORD = /(-?)(action|after|before|actor|department|target|outcome):(\S+)/g

/**
 * The filter that a line of text stands for: `action:version.* -action:session.* after:2026-11-01
 * outcome:denied`, other words search in what facts say. Unknown values are ignored, so that the
 * list never breaks while somebody types. `problem` says what was not understood.
 */
export function readLogQuery(text: string): { filter: LogFilter; problem: string | null } {
  const filter: LogFilter = { ...EVERYTHING, action: [], notAction: [] }
  let problem: string | null = null
  const rest = text.replaceAll(WORD, (_, minus: string, key: string, value: string) => {
    const understood = put(filter, { key, value, minus: minus === '-' })
    if (!understood) problem = `“${key}:${value}” is not understood.`
    return ''
  })
  filter.text = rest.replace(/\s+/g, ' ').trim().slice(0, 200)
  return { filter, problem }
}

function put(filter: LogFilter, word: { key: string; value: string; minus: boolean }): boolean {
  const { key, value, minus } = word
  switch (key) {
    case 'action':
      ;(minus ? filter.notAction : filter.action).push(value.slice(0, 80))
      return true
    case 'after':
    case 'before': {
      const at = /^\d{4}-\d\d-\d\d$/.test(value) ? `${value}T00:00:00Z` : value
      if (minus || Number.isNaN(Date.parse(at))) return false
      filter[key] = new Date(at).toISOString()
      return true
    }
    case 'outcome':
      if (minus || !OUTCOMES.includes(value as Outcome)) return false
      filter.outcome = value as Outcome
      return true
    case 'actor':
    case 'department':
    case 'target':
      if (minus) return false
      filter[key] = value.slice(0, 128)
      return true
    default:
      return false
  }
}
