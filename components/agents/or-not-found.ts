import { notFound } from 'next/navigation'
import { ChanceryError } from '@/lib/core/errors'

/** The value, or the page that says there is none: a foreign agent looks like one that never was. */
export async function orNotFound<T>(reading: Promise<T>): Promise<T> {
  try {
    return await reading
  } catch (error) {
    if (error instanceof ChanceryError && error.code === 'not_found') notFound()
    throw error
  }
}
