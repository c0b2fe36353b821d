import {
  CalendarCheck2,
  FileDiff,
  Files,
  type LucideIcon,
  ScrollText,
  Stamp,
  Terminal,
} from 'lucide-react'
import type { ApprovalKind } from '@/lib/approvals/model'

const ICONS: Record<ApprovalKind, LucideIcon> = {
  tool_call: Terminal,
  proposal: FileDiff,
  change_set: Files,
  review: CalendarCheck2,
  constitution: ScrollText,
  waiver: Stamp,
}

/** The icon of a kind; its word always stands beside it. */
export function KindIcon(props: { kind: ApprovalKind; size?: number }) {
  const Icon = ICONS[props.kind]
  return <Icon aria-hidden="true" size={props.size ?? 13} strokeWidth={1.75} className="shrink-0" />
}
