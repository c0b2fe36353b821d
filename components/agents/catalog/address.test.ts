import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { AGENT_STATES, CATALOG_SORTS, CATALOG_VIEWS } from '@/lib/agents/model'
import { type CatalogPlace, hrefOf, parsePlace, parseText, textOf, withFilter } from './address'
import { CATALOG_COLUMNS, DEFAULT_COLUMNS } from './columns'

const params = (href: string) => Object.fromEntries(new URL(href, 'http://x').searchParams)

const optional = <T>(from: fc.Arbitrary<T>) => fc.option(from, { nil: undefined })
const ordered = <T>(values: readonly T[]) => fc.subarray([...values], { minLength: 1 })
const places: fc.Arbitrary<CatalogPlace> = fc
  .record({
    view: fc.constantFrom(...CATALOG_VIEWS),
    sort: fc.constantFrom(...CATALOG_SORTS),
    order: fc.constantFrom('natural' as const, 'reverse' as const),
    cursor: fc.constantFrom(
      null,
      { key: 2, slug: 'deploy-helper' },
      { key: null, slug: 'zoo' },
      { key: '2027-01-15', slug: 'a-b~c' },
    ),
    columns: fc.subarray([...CATALOG_COLUMNS]),
    state: optional(fc.oneof(ordered(AGENT_STATES), fc.constant('any' as const))),
    risk: optional(ordered(['low', 'medium', 'high', 'critical'] as const)),
    department: optional(fc.constantFrom('data', 'field-operations')),
    owner: optional(fc.constantFrom('none', '01890000-0000-7000-8000-000000000001')),
    findings: optional(fc.constantFrom('yes' as const, 'errors' as const, 'no' as const)),
    review: optional(fc.constantFrom('overdue' as const, 'due' as const, 'none' as const)),
    sponsor: optional(fc.constantFrom('none', '01890000-0000-7000-8000-000000000002')),
    tool: optional(fc.constantFrom('Bash', '*', 'run tests', 'a:b,c', 'x&y=z +', '人類 学')),
    mcp: optional(fc.constantFrom('web', 'server/tool')),
    model: optional(fc.constantFrom('none', 'sonnet[1m]')),
    rule: optional(fc.constantFrom('tools-inherited')),
    text: optional(fc.constantFrom('deploy', '人類学', '100% a_b', 'x&y=z +')),
  })
  .map(({ view, sort, order, cursor, columns, ...filters }) => ({
    view,
    sort,
    order,
    cursor,
    columns,
    filters: Object.fromEntries(
      Object.entries(filters).filter(([, value]) => value !== undefined),
    ) as CatalogPlace['filters'],
  }))

describe('the address of the catalog', () => {
  test('reads back exactly what it wrote, for every place', () => {
    fc.assert(
      fc.property(places, (place) => {
        expect(parsePlace(params(hrefOf(place)))).toEqual(place)
      }),
    )
  })

  test('text and chips are the same query', () => {
    fc.assert(
      fc.property(places, ({ filters }) => {
        expect(parseText(textOf(filters))).toEqual(filters)
      }),
    )
  })

  test('keeps as text what is no qualifier, so that nothing typed vanishes', () => {
    expect(parseText('risk:high colour:red http://x state:gone deploy')).toEqual({
      risk: ['high'],
      text: 'colour:red http://x state:gone deploy',
    })
  })

  test('ignores what cannot be read instead of failing', () => {
    const place = parsePlace({
      view: 'x',
      state: 'y',
      risk: '',
      sort: '-z',
      after: 'no',
      owner: "'",
    })
    expect(place).toEqual({
      view: 'all',
      filters: {},
      sort: 'risk',
      order: 'reverse',
      cursor: null,
      columns: DEFAULT_COLUMNS,
    })
  })

  test('changing a filter returns to the first page', () => {
    const place = parsePlace({ risk: 'high', findings: 'yes', after: '2~b' })
    expect(withFilter(place, 'risk', undefined)).toEqual({
      ...place,
      cursor: null,
      filters: { findings: 'yes' },
    })
  })
})
