#!/usr/bin/env node
// Runs the TypeScript command line in this process: no build step, and no second process that a
// signal could miss. The marker package `server-only` has nothing to guard outside a bundle.
import { register } from 'node:module'
import { dirname, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

const hooks = `export async function resolve(specifier, context, next) {
  return specifier === 'server-only'
    ? { url: 'data:text/javascript,', shortCircuit: true }
    : next(specifier, context)
}`
register(`data:text/javascript,${encodeURIComponent(hooks)}`)

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..')
const tsx = await import('tsx/esm/api')
tsx.register({ tsconfig: resolve(root, 'tsconfig.json') })
const { main } = await import('./main.ts')
await main(process.argv.slice(2))
