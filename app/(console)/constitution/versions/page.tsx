import type { Metadata } from 'next'
import { orNotFound } from '@/components/agents/or-not-found'
import { ConstitutionFrame } from '@/components/constitution/frame'
import { VersionsScreen } from '@/components/constitution/versions'
import { viewerClock } from '@/components/shell/viewer-clock'
import { constitutionView } from '@/lib/agents/queries/constitution'
import { requirePageActor } from '@/lib/auth/current'
import {
  compareDocuments,
  constitutionDocument,
  constitutionVersions,
} from '@/lib/constitution/queries'

export const metadata: Metadata = { title: 'Constitution, versions' }

type Props = { searchParams: Promise<{ before?: string; compare?: string }> }
const number = (text: string | undefined) => (/^\d{1,6}$/.test(text ?? '') ? Number(text) : null)

export default async function VersionsPage(props: Props) {
  const actor = await requirePageActor()
  const { before, compare } = await props.searchParams
  const chosen = number(compare)
  const [view, page, shipped, compared, clock] = await Promise.all([
    constitutionView(actor, { draft: false }),
    constitutionVersions(number(before)),
    constitutionDocument(0),
    chosen === null || chosen === 0 ? null : orNotFound(compareDocuments(chosen - 1, chosen)),
    viewerClock(),
  ])
  return (
    <ConstitutionFrame view={view} current="versions" clock={clock} plain>
      <VersionsScreen
        rows={page.rows}
        shipped={page.next === null ? { label: shipped.label, hash: shipped.hash } : null}
        older={page.next === null ? null : `/constitution/versions?before=${page.next}`}
        {...{ compared, clock }}
      />
    </ConstitutionFrame>
  )
}
