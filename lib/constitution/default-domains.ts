import type { TriggerDomain } from './model'

const domain = (
  [name, title]: readonly [string, string],
  agents: string[],
  keywords: string,
): TriggerDomain => ({
  name,
  title,
  agents,
  keywords: keywords.split(',').map((keyword) => keyword.trim()),
})

/**
 * Whom requests about a subject go to, under the rulebook that ships with the product. Each keyword
 * has one owner: one that stands in two domains routes a request by chance (drift D26).
 */
export const DEFAULT_DOMAINS: TriggerDomain[] = [
  domain(
    ['frontend', 'Frontend'],
    ['frontend-specialist'],
    'UI, component, page, React, Next.js, Vue, CSS, theme, responsive, form, accessibility',
  ),
  domain(
    ['backend', 'Backend'],
    ['backend-architect', 'full-stack-developer'],
    'API, endpoint, server, service, login, JWT, OAuth, middleware, webhook, queue, WebSocket',
  ),
  domain(
    ['database', 'Database'],
    ['database-specialist'],
    'SQL, schema, table, migration, query, index, RLS, transaction, ORM, backup, replication',
  ),
  domain(
    ['testing', 'Testing'],
    ['testing-specialist'],
    'test, QA, unit test, E2E, TDD, mock, coverage, Playwright, regression',
  ),
  domain(
    ['security', 'Security'],
    ['security-specialist'],
    'vulnerability, XSS, CSRF, encryption, secret, OWASP, rate limiting, CORS, GDPR',
  ),
  domain(
    ['performance', 'Performance'],
    ['performance-engineer'],
    'optimisation, latency, caching, CDN, profiling, benchmark, pagination, debounce',
  ),
  domain(
    ['devops', 'DevOps'],
    ['devops-engineer'],
    'deploy, CI/CD, Docker, Kubernetes, cloud, environment, build, monitoring, scaling',
  ),
  domain(
    ['specification', 'Specification'],
    ['specification-agent'],
    'spec, requirement, user story, acceptance criteria, MVP, PRD',
  ),
  domain(
    ['planning', 'Planning'],
    ['planning-agent'],
    'implementation plan, research, technology stack, contract design, data model',
  ),
  domain(
    ['tasks', 'Tasks'],
    ['tasks-agent'],
    'task list, dependency order, priority, estimate, breakdown',
  ),
  domain(
    ['orchestration', 'Orchestration'],
    ['task-orchestrator'],
    'multi-domain, full-stack, complex feature, coordination',
  ),
  domain(
    ['agent-creation', 'Agent creation'],
    ['subagent-architect'],
    'create agent, agent definition, agent capabilities',
  ),
]

/** What people write where they have nothing to say yet. */
export const DEFAULT_FILLERS: string[] = [
  'as configured',
  'as required',
  'as needed',
  'to be agreed',
  'to be configured',
  'to be defined',
  'to be determined',
  'not yet defined',
  '<department> domain knowledge',
  'general <department> knowledge',
  'as per department standards',
  'per department standards',
  'department standards apply',
  'industry best practices',
  'industry best practices for <department>',
  'usual practices of <department>',
  'follow <department> best practices',
  'follow best practices',
  'collaborate with other <department> agents',
  'work with the other <department> agents',
  'tool access restrictions',
  'limits of the tools',
  'accurate and validated',
  'correct and checked',
]
