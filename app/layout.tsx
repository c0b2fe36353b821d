import type { Metadata, Viewport } from 'next'
import { cookies } from 'next/headers'
import type { ReactNode } from 'react'
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

/** The theme is an attribute written on the server from a cookie, so that no page flashes. */
export default async function RootLayout(props: { children: ReactNode }) {
  const jar = await cookies()
  return (
    <html lang="en" data-theme={readTheme(jar.get(THEME_COOKIE)?.value)} suppressHydrationWarning>
      <body>
        {props.children}
        <LiveRegions />
        <CopyDigits />
        <ZoneNote known={readZone(jar.get(ZONE_COOKIE)?.value)} />
      </body>
    </html>
  )
}
