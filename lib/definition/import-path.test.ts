import { describe, expect, it } from 'vitest'
import { classifyImportPath, slugFor } from './import-path'

describe('what could be an agent is taken, what is not is skipped with a reason', () => {
  it.each([
    'agents/a.md',
    'dot-claude/agents/deep/a.md',
    'agents\\a.md',
    'agents/a.agent.md',
    'rules/a.mdc',
    'categories/a.toml',
    '.kiro/agents/a.json',
    'agents/a.json',
    'repo/.opencode/opencode.json',
    'agents/security-reviewer.md',
    'agents/license-checker.md',
    'agents/security.md',
  ])('%s is an agent', (path) => {
    expect(classifyImportPath(path)).toEqual({ kind: 'agent' })
  })

  it.each([
    'LICENSE',
    'agents/LICENSE.md',
    'LICENSE-STATEMENT.txt',
    'README.md',
    'readme.ja.md',
    'manifest.tsv',
    '.gitattributes',
    'SECURITY.md',
    'LICENSE-MIT',
    'CLAUDE.md',
    'skills/x/SKILL.md',
    'package.json',
    'data/rows.json',
    'pyproject.toml',
    'logo.png',
    '__MACOSX/._a.md',
  ])('%s is skipped', (path) => {
    const kind = classifyImportPath(path)
    expect(kind).toMatchObject({ kind: 'skip', reason: expect.stringMatching(/\.$/) })
  })
})

describe('the slug', () => {
  it.each([
    ['backend-architect', 'x.md', 'backend-architect'],
    ['Brand Guardian', 'x.md', 'brand-guardian'],
    ['人類学者', 'agents/academic-anthropologist.md', 'academic-anthropologist'],
    [null, 'a/Reviewer.agent.md', 'reviewer'],
    [null, '人類.md', 'agent'],
  ])('of %j in %s is %s', (name, path, slug) => {
    expect(slugFor({ name }, path)).toBe(slug)
  })
})
