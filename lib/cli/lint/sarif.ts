import { isAbsolute } from 'node:path'
import { pathToFileURL } from 'node:url'
import {
  CHECKER_VERSION,
  type FindingSeverity,
  type Rule,
  type RulePage,
} from '@/lib/constitution/model'
import { sha256 } from '@/lib/core/sha256'
import type { LintFile, LintFinding, LintReport, Place } from './inspect'

type DescribedRule = Pick<Rule, 'id' | 'severity' | 'title' | 'principle'> & {
  page: Pick<RulePage, 'what' | 'why' | 'fix'>
}

const LEVEL = { blocking: 'error', error: 'error', warning: 'warning', note: 'note' } as const
const SCHEMA = 'https://json.schemastore.org/sarif-2.1.0.json'
const BASE = '%SRCROOT%'

/**
 * A report as SARIF 2.1.0 (OASIS), for code scanning. `console` is the address of the team's
 * Chancery, where every rule has a page; without it the help addresses only name the rule.
 */
export function sarifOf(
  report: LintReport,
  rules: readonly DescribedRule[],
  console: string | undefined,
): object {
  const index = new Map(rules.map((rule, at) => [rule.id, at]))
  const { content, hash } = report.rulebook
  return {
    $schema: SCHEMA,
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'chancery',
            semanticVersion: CHECKER_VERSION,
            informationUri: console ?? 'urn:chancery',
            rules: rules.map((rule) => described(rule, console)),
          },
        },
        columnKind: 'utf16CodeUnits',
        newlineSequences: ['\r\n', '\n', '\r'],
        invocations: [
          {
            executionSuccessful: report.unreadable.length === 0,
            toolExecutionNotifications: report.unreadable.map(({ path, reason }) => ({
              level: 'error',
              message: { text: reason },
              locations: [{ physicalLocation: { artifactLocation: locationOf(path) } }],
            })),
          },
        ],
        artifacts: report.files.map((file) => ({
          location: locationOf(file.path),
          hashes: { 'sha-256': file.digest },
        })),
        results: report.files.flatMap((file) => resultsOf(file, index)),
        properties: { constitution: content.label, constitutionHash: hash },
      },
    ],
  }
}

function described(rule: DescribedRule, console: string | undefined) {
  const { id, severity, title, principle, page } = rule
  return {
    id,
    shortDescription: { text: title },
    fullDescription: { text: `${page.what} ${page.why}` },
    help: { text: `${page.why} ${page.fix}` },
    helpUri: console
      ? new URL(`/constitution/rules/${encodeURIComponent(id)}`, console).href
      : `urn:chancery:rule:${id}`,
    defaultConfiguration: { level: LEVEL[severity] },
    properties: { severity, tags: principle === undefined ? [] : [principle] },
  }
}

function resultsOf(file: LintFile, index: ReadonlyMap<string, number>) {
  const artifactLocation = locationOf(file.path)
  return file.findings.map((finding) => ({
    ruleId: finding.rule,
    ...(index.has(finding.rule) ? { ruleIndex: index.get(finding.rule) } : {}),
    level: LEVEL[finding.severity],
    message: { text: finding.message },
    locations: [
      {
        physicalLocation: {
          artifactLocation,
          ...(finding.place ? { region: regionOf(finding.place) } : {}),
        },
      },
    ],
    // The line may move; what is wrong in which file stays the same alert.
    partialFingerprints: {
      'finding/v1': sha256([file.path, finding.rule, finding.message].join('\n')),
    },
    ...fixesOf(finding, artifactLocation),
    properties: { severity: finding.severity satisfies FindingSeverity },
  }))
}

function fixesOf(finding: LintFinding, artifactLocation: object) {
  if (!finding.fix) return {}
  const { label, place, text } = finding.fix
  const replacement = { deletedRegion: regionOf(place), insertedContent: { text } }
  return {
    fixes: [
      {
        description: { text: label },
        artifactChanges: [{ artifactLocation, replacements: [replacement] }],
      },
    ],
  }
}

function regionOf({ line, column, endLine, endColumn }: Place) {
  return { startLine: line, startColumn: column, endLine, endColumn }
}

/** Relative to where the command ran, which is the root of a checkout; else the whole address. */
function locationOf(path: string) {
  if (isAbsolute(path) || path.startsWith('..')) return { uri: pathToFileURL(path).href }
  return { uri: path.split('/').map(encodeURIComponent).join('/'), uriBaseId: BASE }
}
