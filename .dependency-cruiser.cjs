// Imports look down this list only (ARCHITECTURE.md). A layer may use itself and what stands before it.
const LAYERS = [
  'core',
  'definition',
  'db',
  'auth',
  'audit',
  'jobs',
  'command',
  'people',
  'notifications',
  'approvals',
  'constitution',
  'agents',
  'runs',
  'reviews',
  'inbox',
  'cli',
]

// Pure and client-safe: may be imported from anywhere, also from the schema and from the browser.
const PURE = '(model|rules|permissions|actor|check|sentence|waivers|fingerprint)(\\.ts$|/)'

const upward = LAYERS.slice(0, -1).map((layer, index) => ({
  name: `no-upward-from-${layer}`,
  comment: 'Imports look down the list of layers.',
  severity: 'error',
  from: { path: `^lib/${layer}/`, pathNot: '\\.test\\.ts$|/testing/' },
  to: { path: `^lib/(${LAYERS.slice(index + 1).join('|')})/` },
}))

// "run" reads the catalogue of facts of its neighbours; nothing else looks up.
module.exports = {
  forbidden: [
    ...upward,
    {
      name: 'no-circular',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'screens-touch-no-database',
      comment: 'Screens read through queries and write through actions.',
      severity: 'error',
      from: { path: '^(app|components)/' },
      to: { path: '^(lib/db|drizzle)/|node_modules/(drizzle-orm|postgres)/' },
    },
    {
      name: 'components-use-client-safe-doors',
      comment: 'A component may import models, rules, actions and query options of a domain.',
      severity: 'error',
      from: { path: '^components/', pathNot: '\\.test\\.tsx?$' },
      to: {
        path: '^lib/(auth|audit|jobs|command|people|notifications|approvals|constitution|agents|runs|reviews|inbox|cli)/',
        pathNot: `${PURE}|/(actions|query-options)\\.ts$`,
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'definition-is-pure',
      severity: 'error',
      from: { path: '^lib/definition/', pathNot: '\\.test\\.ts$' },
      to: { path: '^(lib/(?!core|definition)|app|components|drizzle)/|node_modules/(next|react)/' },
    },
    {
      name: 'model-is-pure',
      severity: 'error',
      from: { path: '/(model|rules)\\.ts$', pathNot: '\\.test\\.ts$' },
      to: { path: '/(queries|commands|actions)(\\.ts$|/)|^lib/db/' },
    },
    {
      name: 'no-orphans',
      severity: 'error',
      from: {
        orphan: true,
        pathNot:
          '\\.(test|config)\\.|\\.d\\.ts$|\\.css$|next-env|^app/|^lib/cli/chancery\\.mjs|\\.mjs$|^e2e/',
      },
      to: {},
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'types'] },
  },
}
