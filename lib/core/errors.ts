/** The closed list of ways in which the product says no. Each maps to one HTTP status. */
export const ERROR_CODES = [
  'unauthenticated',
  'forbidden',
  'not_found',
  'invalid',
  'conflict',
  'refused',
  'limit',
] as const
export type ErrorCode = (typeof ERROR_CODES)[number]

export const HTTP_STATUS: Record<ErrorCode, number> = {
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  invalid: 400,
  conflict: 409,
  refused: 422,
  limit: 429,
}

/** Where a field-level refusal points: dotted input path → sentence. */
export type FieldErrors = Record<string, string>

/**
 * The one error class of the product. Thrown inside a domain, returned as a value (`Failure`) at
 * the edge. `message` is a sentence for a person that says what to do; it never carries secrets.
 */
export class ChanceryError extends Error {
  override readonly name = 'ChanceryError'
  constructor(
    readonly code: ErrorCode,
    message: string,
    readonly detail: { fields?: FieldErrors; data?: Record<string, string | number> } = {},
  ) {
    super(message)
  }
}

/** Throws: the thing does not exist, or belongs to a department the actor may not see. */
export function notFound(what: string): never {
  throw new ChanceryError('not_found', `${what} does not exist, or you may not see it.`)
}
/** Throws: someone else changed the same thing first. `data` lets the screen show both sides. */
export function conflict(message: string, data?: Record<string, string | number>): never {
  throw new ChanceryError('conflict', message, data ? { data } : {})
}
/** Throws: a rule of the product says no; `message` names the rule and the way out. */
export function refused(message: string): never {
  throw new ChanceryError('refused', message)
}
/** Throws: the input cannot be accepted as it is. */
export function invalid(message: string, fields?: FieldErrors): never {
  throw new ChanceryError('invalid', message, fields ? { fields } : {})
}
/** Throws: a constant of `limits.ts` was exceeded. */
export function limit(message: string): never {
  throw new ChanceryError('limit', message)
}
