import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { databaseConfig, databaseName, roleName } from './config'

const url = 'postgres://app:secret-word@db.example:5432/chancery'
const adminUrl = 'postgres://boss:secret-word@db.example:5432/chancery'

describe('databaseConfig', () => {
  it('uses the built-in database in .chancery when nothing is set', () => {
    expect(databaseConfig({})).toEqual({ kind: 'embedded', dataDir: resolve('.chancery') })
  })

  it('makes a relative data folder absolute, so that a later change of folder does not split it', () => {
    expect(databaseConfig({ CHANCERY_DATA: 'data/here' })).toEqual({
      kind: 'embedded',
      dataDir: resolve('data/here'),
    })
  })

  it('takes one or two addresses of an external server', () => {
    expect(databaseConfig({ DATABASE_URL: url })).toEqual({
      kind: 'external',
      url,
      adminUrl: undefined,
    })
    expect(databaseConfig({ DATABASE_URL: url, DATABASE_ADMIN_URL: adminUrl })).toEqual({
      kind: 'external',
      url,
      adminUrl,
    })
  })

  it.each([
    ['only the administrator is set', { DATABASE_ADMIN_URL: adminUrl }, /DATABASE_URL is not/],
    ['the address is empty', { DATABASE_URL: '' }, /DATABASE_URL is empty/],
    ['the address is blank', { DATABASE_URL: '  ' }, /DATABASE_URL is empty/],
    ['the administrator is empty', { DATABASE_URL: url, DATABASE_ADMIN_URL: '' }, /is empty/],
    ['the address is no address', { DATABASE_URL: 'secret-word' }, /not a PostgreSQL address/],
    ['it is another database', { DATABASE_URL: 'mysql://a:secret-word@h/d' }, /not a PostgreSQL/],
    ['no database is named', { DATABASE_URL: 'postgres://a:secret-word@h' }, /must name/],
    ['no user is named', { DATABASE_URL: 'postgres://h/d' }, /must name/],
    [
      'the two name different databases',
      { DATABASE_URL: url, DATABASE_ADMIN_URL: adminUrl.replace('/chancery', '/other') },
      /two different databases/,
    ],
    ['the data folder is empty', { CHANCERY_DATA: '' }, /CHANCERY_DATA is empty/],
  ])('refuses instead of falling back when %s', (_, env, sentence) => {
    expect(() => databaseConfig(env)).toThrow(sentence)
  })

  it('never repeats a password in its refusals', () => {
    for (const bad of ['secret-word', 'mysql://a:secret-word@h/d', 'postgres://a:secret-word@h']) {
      expect(() => databaseConfig({ DATABASE_URL: bad })).toThrow(/^(?!.*secret-word)/s)
    }
  })

  it('reads role and database through percent encoding', () => {
    expect(roleName('postgres://a%40b:x@h/d%20e')).toBe('a@b')
    expect(databaseName('postgres://a%40b:x@h/d%20e')).toBe('d e')
  })
})
