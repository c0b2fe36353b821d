import { isIPv4, isIPv6 } from 'node:net'

/**
 * The part of a client's address that guessing is counted by: the /24 of IPv4, the /48 of IPv6
 * (what one customer usually gets). `guardIncoming` has made the header trustworthy. `unknown`
 * when there is none: such clients share one bucket.
 */
export function addressPrefix(headers: { get(name: string): string | null }): string {
  const text = (headers.get('x-forwarded-for') ?? '').split(',')[0]?.trim() ?? ''
  const address = text.replace(/^::ffff:(?=\d+\.)/i, '')
  if (isIPv4(address)) return `${address.split('.').slice(0, 3).join('.')}.0/24`
  if (isIPv6(address)) return `${firstGroups(address, 3).join(':')}::/48`
  return 'unknown'
}

function firstGroups(address: string, count: number): string[] {
  const [head = '', tail] = (address.split('%')[0] ?? '').toLowerCase().split('::')
  const left = head === '' ? [] : head.split(':')
  const right = tail === undefined || tail === '' ? [] : tail.split(':')
  const gap = tail === undefined ? 0 : 8 - left.length - right.length
  const groups = [...left, ...new Array<string>(Math.max(0, gap)).fill('0'), ...right]
  return groups.slice(0, count).map((group) => group.replace(/^0+(?=.)/, ''))
}
