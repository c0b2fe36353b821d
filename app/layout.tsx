import type { Metadata, Viewport } from 'next'
import { cookies, headers } from 'next/headers'
import type { ReactNode } from 'react'
import { preload } from 'react-dom'
import { readTheme, readZone, THEME_COOKIE, ZONE_COOKIE } from '@/components/shell/theme'
import { ZoneNote } from '@/components/shell/zone-note'
import { CopyDigits } from '@/components/ui/copy-digits'
import { LiveRegions } from '@/components/ui/live-regions'
import './globals.css'

export const metadata: Metadata = {
  title: { template: '%s · Chancery', default: 'Chancery' },
  description: 'The governance console for a team’s AI agents.',
  referrer: 'same-origin',
}

export const viewport: Viewport = { width: 'device-width', initialScale: 1 }

/** The two faces of nearly every page, asked for before the style sheet has been read. */
const FACES = [
  new URL(
    '@fontsource-variable/ibm-plex-sans/files/ibm-plex-sans-latin-wght-normal.woff2',
    import.meta.url,
  ),
  new URL('@fontsource/ibm-plex-mono/files/ibm-plex-mono-latin-400-normal.woff2', import.meta.url),
]

/**
 * The theme and the modifier printed on key hints are attributes written on the server, so that no
 * page flashes.
 */
export default async function RootLayout(props: { children: ReactNode }) {
  for (const face of FACES)
    preload(String(face), { as: 'font', type: 'font/woff2', crossOrigin: 'anonymous' })
  const jar = await cookies()
  const agent = (await headers()).get('user-agent') ?? ''
  return (
    <html
      lang="en"
      data-caps={/Mac|iPhone|iPad/.test(agent) ? 'apple' : undefined}
      data-theme={readTheme(jar.get(THEME_COOKIE)?.value)}
      suppressHydrationWarning
    >
      <body>
        {props.children}
        <LiveRegions />
        <CopyDigits />
        <ZoneNote known={readZone(jar.get(ZONE_COOKIE)?.value)} />
      </body>
    </html>
  )
}
