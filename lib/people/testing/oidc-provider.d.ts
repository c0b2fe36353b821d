// The package ships no types; this is the part that the tests use.
declare module 'oidc-provider' {
  import type { Server } from 'node:http'
  export default class Provider {
    constructor(issuer: string, configuration: Record<string, unknown>)
    listen(port: number, host: string): Server
    callback(): (request: unknown, response: unknown) => void
    on(event: string, listener: (...args: never[]) => void): this
  }
}
