import { z } from 'zod'

/**
 * What a fact may say: enums, counts, digests, ids. No names of people, no sentences; those are
 * private values. Every field here is safe to hand to anybody.
 */
export const count = z.int().min(0)
export const digest = z.string().regex(/^[0-9a-f]{64}$/)
export const id = z.uuid()
/** An identifier that a program gave: tool, model, rule, file format. */
export const token = z.string().regex(/^[A-Za-z0-9_*][A-Za-z0-9_.:/@*()-]{0,127}$/)
export const slug = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/)
export const semver = z.string().regex(/^\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?$/)
export const date = z.iso.date()
export const risk = z.enum(['low', 'medium', 'high', 'critical'])
export const approvalKind = z.enum([
  'proposal',
  'tool_call',
  'change_set',
  'review',
  'constitution',
  'waiver',
])
export const signIn = z.enum(['password', 'oidc', 'setup', 'invitation', 'demo', 'cli', 'token'])

/** One entry of the catalogue. Raise `v` whenever `data` changes its meaning. */
export type Definition<Shape extends z.ZodRawShape> = {
  v: number
  /** Sentence for people. `{actor}`, `{agent}` … are targets, other braces are fields of `data`. */
  say: string
  data: z.ZodObject<Shape, z.core.$strict>
}

export function define<Shape extends z.ZodRawShape>(
  v: number,
  say: string,
  shape: Shape,
): Definition<Shape> {
  return { v, say, data: z.strictObject(shape) }
}
