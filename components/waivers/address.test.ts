import { describe, expect, it } from 'vitest'
import { hrefOf, parsePlace, requestHref } from './address'

const ID = '0190a0c0-0000-7000-8000-000000000001'

describe('the address of the waivers', () => {
  it.each<[string, Record<string, string>]>([
    ['/waivers', {}],
    ['/waivers?view=force', { view: 'force' }],
    ['/waivers?view=ended&agent=ledger-keeper', { view: 'ended', agent: 'ledger-keeper' }],
    [`/waivers?rule=tools-match-text&owner=${ID}`, { rule: 'tools-match-text', owner: ID }],
  ])('%s is read and written alike', (href, search) => {
    expect(hrefOf(parsePlace(search))).toBe(href)
  })

  it('leaves out what it cannot mean', () => {
    const place = parsePlace({ view: 'all', owner: "' or 1=1", after: 'x', agent: ['a', 'b'] })
    expect(place).toEqual({ view: 'open', filters: {}, after: null })
  })

  it('starts a changed place at its first page', () => {
    const place = parsePlace({ view: 'ended', after: ID })
    expect(hrefOf(place)).toBe('/waivers?view=ended')
    expect(hrefOf(place, { after: ID })).toBe(`/waivers?view=ended&after=${ID}`)
  })

  it('names a finding whatever its agent is called', () => {
    expect(requestHref('a&b', 'ff')).toBe('/waivers/new?agent=a%26b&finding=ff')
  })
})
