import { isSlug } from '@/lib/core/ids'

/** What the address of the matrix says. */
export type MatrixPlace = { department: string | null; gaps: boolean; after: string }

type Params = Record<string, string | string[] | undefined>

/** Reads the address; what cannot be read is left out. */
export function matrixPlace(params: Params): MatrixPlace {
  const { department, show, after } = params
  return {
    department: typeof department === 'string' && isSlug(department) ? department : null,
    gaps: show === 'gaps',
    after: typeof after === 'string' ? after.slice(0, 80) : '',
  }
}

/** The address of a place. */
export function matrixHref(place: MatrixPlace): string {
  const params = new URLSearchParams()
  if (place.department !== null) params.set('department', place.department)
  if (place.gaps) params.set('show', 'gaps')
  if (place.after !== '') params.set('after', place.after)
  const query = params.toString()
  return query === '' ? '/agents/matrix' : `/agents/matrix?${query}`
}
