import type { DefinitionContent, TextRange } from '@/lib/definition/model'
import { finding, linesOf, shown } from '../evidence'
import type { Finding, Rule } from '../model'
import { definitionRule, example } from './make'
import { hide } from './text-secret'

const ADDRESS = /\b[a-z][a-z0-9+.-]{1,20}:\/\/[^\s"'`<>)\]}|,;]{3,500}/gi
/** Words that stand for a name or a password in examples. */
const STAND_IN =
  /^(?:user(?:name)?|pass(?:word|wd)?|pwd|pw|secret|token|key|admin|root|postgres|mysql|guest|test|dev|demo|example|foo|bar|me|my\w*|your\w*|db\w*|app\w*|u|p|x+|\.+|\*+|changeme|\w*pass(?:word)?|[<${%[].*)$/i
const LOCAL = /^(?:localhost|127\.|0\.0\.0\.0|\[?::1\]?|host\.docker\.internal)/i
/** RFC 5737 and RFC 2606: addresses that exist to be written into documents. */
const DOCUMENTED =
  /^(?:192\.0\.2|198\.51\.100|203\.0\.113)\.|(?:^|\.)example(?:\.\w+)?$|\.(?:test|invalid)$/i
const IP = /^(?:\d{1,3}\.){3}\d{1,3}$/
const PERSONAL =
  /(?:^|\.)(?:ngrok\.io|ngrok\.app|ngrok-free\.app|ngrok-free\.dev|trycloudflare\.com|loca\.lt|localtunnel\.me|serveo\.net|duckdns\.org|no-ip\.org|ddns\.net|ts\.net|webhook\.site|requestbin\.com|pipedream\.net|oast\.\w+|burpcollaborator\.net)$/i
const HOME = /(?:\/(?:Users|home)\/|[A-Z]:\\Users\\)([A-Za-z][\w.-]{1,40})(?=[/\\])/g
const NOBODY =
  /^(?:user(?:name)?|me|you|your[-_]?\w*|name|runner|ubuntu|node|app|dev\w*|vscode|codespace|agent|shared|public|linuxbrew|x+|<.*)$/i

/** A password in an address, a bare number for a host, somebody's own machine. */
export const textEndpoint: Rule = definitionRule({
  id: 'text-endpoint',
  severity: 'error',
  principle: 'input-output',
  title: 'No address belongs to one person or carries a password.',
  page: {
    what: 'An address contains a name and password, is a bare number, leads to a tunnel or a private machine, or a path names somebody’s home folder.',
    why: 'What is reached through a private address is governed by nobody, and it goes when the person goes.',
    passes: example({ body: 'Read https://tides.example/today first.' }),
    fails: example({ body: `Read ${'https'}://mara:k8sVq3Zt@tides.harbour.dev/today first.` }),
    fix: 'Use a name that the team owns, and take passwords from the environment.',
  },
  check: (definition) => {
    const hits = [...addresses(definition.text), ...homes(definition.text)].slice(0, 50)
    const lines = linesOf(definition)
    const placed = hits.map((hit) => ({ ...hit, range: lines.range(hit.start, hit.end) }))
    const secret = placed.filter((hit) => hit.secret !== undefined)
    const other = placed.filter((hit) => hit.secret === undefined)
    return [...carried(definition, secret), ...personal(definition, other)]
  },
})

type Hit = { start: number; end: number; what: string; secret?: string }
type Placed = Hit & { range: TextRange }

function addresses(text: string): Hit[] {
  if (!text.includes('://')) return []
  return [...text.matchAll(ADDRESS)].flatMap((match): Hit[] => {
    const [address] = match
    const rest = address.slice(address.indexOf('://') + 3)
    const authority = /^[^/?#]*/.exec(rest)?.[0] ?? ''
    const at = authority.lastIndexOf('@')
    const host = authority.slice(at + 1).replace(/:\d+$/, '')
    const colon = authority.indexOf(':')
    const span = { start: match.index, end: match.index + address.length }
    const password = at > 0 && colon > 0 && colon < at ? authority.slice(colon + 1, at) : ''
    if (password !== '' && !STAND_IN.test(password) && !DOCUMENTED.test(host)) {
      return [{ ...span, what: host, secret: password }]
    }
    if (LOCAL.test(host) || DOCUMENTED.test(host)) return []
    return isNumber(host) || PERSONAL.test(host) ? [{ ...span, what: host }] : []
  })
}

function isNumber(host: string): boolean {
  return IP.test(host) && host.split('.').every((part) => Number(part) <= 255)
}

function homes(text: string): Hit[] {
  return [...text.matchAll(HOME)]
    .filter(([, name]) => !NOBODY.test(name ?? ''))
    .map((match) => ({
      start: match.index,
      end: match.index + match[0].length,
      what: match[0],
    }))
}

function carried(definition: DefinitionContent, hits: readonly Placed[]): Finding[] {
  if (hits.length === 0) return []
  const found = finding(textEndpoint, definition, {
    message: `An address carries a password: ${shown(hits.map(({ what }) => what))}. Change it, then take it out.`,
    at: hits.map(({ range }) => range),
  })
  const lines = found.lines.map((line) => ({
    ...line,
    text: hits.reduce((text, { secret }) => hide(text, secret ?? ''), line.text),
  }))
  return [{ ...found, lines }]
}

function personal(definition: DefinitionContent, hits: readonly Placed[]): Finding[] {
  if (hits.length === 0) return []
  return [
    finding(textEndpoint, definition, {
      severity: 'warning',
      message: `It leads to one person’s or one machine’s place: ${shown(hits.map(({ what }) => what))}.`,
      at: hits.map(({ range }) => range),
    }),
  ]
}
