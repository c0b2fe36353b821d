import type { ErrorCode, FieldErrors } from './errors'
import { ChanceryError } from './errors'

export type Failure = {
  ok: false
  error: {
    code: ErrorCode | 'internal'
    message: string
    fields?: FieldErrors
    data?: Record<string, string | number>
  }
}
/** `fact` is the id of the audit event that the write left: the receipt. */
export type Success<T> = { ok: true; value: T; fact?: string }
export type Result<T> = Success<T> | Failure

/** Turns anything thrown into a value. Only a `ChanceryError` may speak to a person. */
export function toFailure(error: unknown): Failure {
  if (error instanceof ChanceryError) {
    return {
      ok: false,
      error: { code: error.code, message: error.message, ...error.detail },
    }
  }
  return {
    ok: false,
    error: {
      code: 'internal',
      message: 'Something failed on our side. Nothing was changed. Try again, or look at the log.',
    },
  }
}
