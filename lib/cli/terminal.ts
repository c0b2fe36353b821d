import { type ParseArgsConfig, parseArgs } from 'node:util'
import { invalid } from '@/lib/core/errors'

/** Exit codes of every command, documented in the README. */
export const EXIT = { ok: 0, failed: 1, inconclusive: 2, badInput: 3, toolError: 4 } as const
export type ExitCode = (typeof EXIT)[keyof typeof EXIT]
export type CliCommand = (argv: readonly string[]) => Promise<ExitCode>

/** Prints a sentence to standard error and returns the code, so that a command can end with it. */
export function fail<Code extends ExitCode>(sentence: string, code: Code): Code {
  console.error(sentence)
  return code
}

/** Reads flags strictly: an unknown one is an error that names it, never ignored. */
export function readArguments<Options extends NonNullable<ParseArgsConfig['options']>>(
  argv: readonly string[],
  options: Options,
) {
  try {
    return parseArgs({ args: [...argv], options, allowPositionals: true, strict: true })
  } catch (error) {
    return invalid(error instanceof Error ? error.message : 'The arguments cannot be read.')
  }
}

/** One machine-readable object on standard output. */
export function printJson(value: unknown): void {
  console.log(JSON.stringify(value, null, 2))
}
