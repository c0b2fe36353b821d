import type { DefinitionContent, TextRange } from '@/lib/definition/model'
import { finding, linesOf } from '../evidence'
import type { EvidenceLine, Finding, Rule } from '../model'
import { definitionRule, example } from './make'

type Kind = { title: string; pattern: RegExp }

/** Shapes of tokens as their issuers publish them. Bounded repetition only. */
const KINDS: readonly Kind[] = [
  { title: 'an AWS access key', pattern: /\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/g },
  { title: 'a GitHub token', pattern: /\bgh[pousr]_[A-Za-z0-9]{36,80}\b/g },
  { title: 'a GitHub token', pattern: /\bgithub_pat_[A-Za-z0-9_]{50,100}\b/g },
  { title: 'a GitLab token', pattern: /\bglpat-[A-Za-z0-9_-]{20,60}\b/g },
  { title: 'a Slack token', pattern: /\bxox[abeoprs]-[A-Za-z0-9-]{20,120}\b/g },
  { title: 'an Anthropic key', pattern: /\bsk-ant-[A-Za-z0-9_-]{24,160}\b/g },
  { title: 'an OpenAI key', pattern: /\bsk-(?:proj-|svcacct-)?[A-Za-z0-9_-]{40,200}\b/g },
  { title: 'a Google key', pattern: /\bAIza[0-9A-Za-z_-]{35}\b/g },
  { title: 'a Stripe key', pattern: /\b[rs]k_live_[0-9A-Za-z]{20,120}\b/g },
  { title: 'an npm token', pattern: /\bnpm_[A-Za-z0-9]{36}\b/g },
  { title: 'a Hugging Face token', pattern: /\bhf_[A-Za-z]{30,50}\b/g },
  { title: 'a SendGrid key', pattern: /\bSG\.[\w-]{20,24}\.[\w-]{39,50}\b/g },
  {
    title: 'a signed token',
    pattern: /\beyJ[\w-]{15,2000}\.eyJ[\w-]{15,4000}\.[\w-]{20,1000}\b/g,
  },
  {
    title: 'a Slack webhook',
    pattern: /\bhttps:\/\/hooks\.slack\.com\/services\/T\w{6,14}\/B\w{6,14}\/\w{16,40}/g,
  },
  { title: 'a private key', pattern: /-----BEGIN (?:[A-Z]+ ){0,2}PRIVATE KEY-----/g },
]
/** One cheap look for any of the beginnings, before fifteen patterns are tried. */
const ANY =
  /AKIA|ASIA|gh[pousr]_|github_pat_|glpat-|xox[abeoprs]-|sk-|AIza|k_live_|npm_|hf_|SG\.|eyJ|hooks\.slack|PRIVATE KEY/
/** Words and runs by which examples show that they are examples. */
const SAMPLE =
  /example|sample|dummy|fake|test|your|xxxx|placeholder|redacted|changeme|abcdef|1234567|0000|\.\.\.|\*\*\*/i
const MAX = 20

/** A secret in a definition is read by everyone who may read the definition, and by every model. */
export const textSecret: Rule = definitionRule({
  id: 'text-secret',
  severity: 'error',
  principle: 'input-output',
  title: 'There is no secret in the text.',
  page: {
    what: 'Something in the file has the shape of a key or token that an issuer publishes, or is a private key. It is shown masked.',
    why: 'Every version is kept for ever and every reader sees it. A secret that was saved once has to be replaced at its issuer.',
    passes: example({ body: 'Take the key from the environment.' }),
    // Put together here, so that no scanner takes this very file for a leak.
    fails: example({
      body: `Use ${'ghp_'}${'qT7vLm2RkZ9wXb4NcJ6sHd8YpF3uGa5eKi1o'} to read the plans.`,
    }),
    fix: 'Revoke the secret where it was issued, then take it out of the text.',
  },
  check: (definition) => {
    if (!ANY.test(definition.text)) return []
    const hits = KINDS.flatMap(({ title, pattern }) =>
      [...definition.text.matchAll(pattern)]
        .filter((match) => isReal(definition.text, match))
        .map((match) => ({ title, start: match.index, end: match.index + match[0].length })),
    )
      .sort((a, b) => a.start - b.start)
      .slice(0, MAX)
    if (hits.length === 0) return []
    const lines = linesOf(definition)
    const ranges = hits.map(({ start, end }) => lines.range(start, end))
    const titles = [...new Set(hits.map(({ title }) => title))]
    const found = finding(textSecret, definition, {
      message: `It contains what looks like ${titles.join(', ')}. Revoke it where it was issued.`,
      at: ranges,
    })
    return [{ ...found, lines: masked(definition, found, ranges) }]
  },
})

function isReal(text: string, match: RegExpExecArray): boolean {
  const [token] = match
  if (token.startsWith('-----BEGIN')) {
    // A private key goes on with base64; the bare header is named in many instructions.
    return /^\s*(?:\\n)?[A-Za-z0-9+/=]{40}/.test(
      text.slice(match.index + token.length).slice(0, 80),
    )
  }
  const secret = token.replace(/^[a-zA-Z]{2,8}[-_.]/, '')
  return !SAMPLE.test(token) && new Set(secret).size >= 10 && /\d/.test(token)
}

/** The evidence without the secret: where it stands and how it begins, nothing that opens anything. */
function masked(
  definition: DefinitionContent,
  { lines }: Finding,
  ranges: readonly TextRange[],
): EvidenceLine[] {
  return lines.map(({ line, text, marks }) => ({
    line,
    text: ranges
      .filter((range) => range.line === line)
      .reduce((all, { start, end }) => hide(all, definition.text.slice(start, end)), text),
    marks,
  }))
}

/** The same length, so that marks stay where they are. */
export function hide(text: string, secret: string): string {
  const shown = Math.min(4, Math.floor(secret.length / 4))
  const cover = secret.slice(0, shown) + '•'.repeat(secret.length - shown)
  const cut = text.length < secret.length ? [] : [secret]
  for (const part of cut) if (text.includes(part)) return text.replaceAll(part, cover)
  return hideCut(text, secret, cover)
}

/** A long line is cut in evidence, so a secret may be there only in part. */
function hideCut(text: string, secret: string, cover: string): string {
  const at = text.indexOf(secret.slice(0, 4))
  if (at < 0) return text
  const rest = text.length - at
  return text.slice(0, at) + cover.slice(0, rest) + text.slice(at + cover.length)
}
