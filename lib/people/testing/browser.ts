type Sent = { status: number; location: string | null; text: string; headers: Headers }

/** A browser's part of a protocol: cookies per site, redirects one at a time, no script. */
export class Browser {
  private readonly jar = new Map<string, Map<string, string>>()

  /** The cookies that a site set and would get back. */
  cookies(site: string): Map<string, string> {
    const { host } = new URL(site)
    const found = this.jar.get(host) ?? new Map<string, string>()
    this.jar.set(host, found)
    return found
  }

  /** GET, or POST of a form when `form` is given. Does not follow redirects. */
  async send(url: string, form?: Record<string, string>): Promise<Sent> {
    const cookies = this.cookies(url)
    const response = await fetch(url, {
      redirect: 'manual',
      headers: {
        cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; '),
        ...(form ? { 'content-type': 'application/x-www-form-urlencoded' } : {}),
      },
      ...(form ? { method: 'POST', body: new URLSearchParams(form).toString() } : {}),
    })
    for (const line of response.headers.getSetCookie()) this.keep(cookies, line)
    const location = response.headers.get('location')
    return {
      status: response.status,
      location: location === null ? null : new URL(location, url).toString(),
      text: await response.text(),
      headers: response.headers,
    }
  }

  /** Follows redirects until `stop` says so or there is none. Returns the last address reached. */
  async follow(url: string, stop: (url: string) => boolean): Promise<{ url: string; sent: Sent }> {
    let at = url
    for (let hops = 0; hops < 20; hops++) {
      const sent = await this.send(at)
      if (sent.location === null || stop(sent.location)) {
        return { url: sent.location ?? at, sent }
      }
      at = sent.location
    }
    throw new Error(`Too many redirects at ${at}`)
  }

  private keep(cookies: Map<string, string>, line: string): void {
    const [pair = '', ...attributes] = line.split(';')
    const [name = '', ...rest] = pair.split('=')
    const gone = attributes.some((attribute) => {
      const [key = '', value = ''] = attribute.trim().split('=')
      if (key.toLowerCase() === 'max-age') return Number(value) <= 0
      return key.toLowerCase() === 'expires' && Date.parse(value) <= Date.now()
    })
    if (gone) cookies.delete(name.trim())
    else cookies.set(name.trim(), rest.join('='))
  }
}
