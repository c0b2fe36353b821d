import type { LogRow } from '@/lib/audit/queries/list'
import type { Names } from '@/lib/inbox/queries/names'

/** One line of the log as it is shown. */
export type LogLine = {
  id: string
  seq: number | null
  hash: string
  time: string
  action: string
  about: string
  by: string
  refused: boolean
}

/** Facts as lines, grouped by the calendar day of the reader's zone. */
export function linesByDay(
  rows: readonly LogRow[],
  names: Names,
  zone: string,
): { day: string; lines: LogLine[] }[] {
  const days: { day: string; lines: LogLine[] }[] = []
  const dayOf = new Intl.DateTimeFormat('en-GB', { dateStyle: 'full', timeZone: zone })
  const timeOf = new Intl.DateTimeFormat('en-GB', { timeStyle: 'medium', timeZone: zone })
  for (const row of rows) {
    const at = new Date(row.leaf.ts)
    const day = dayOf.format(at)
    const last = days.at(-1)
    const line = lineOf(row, names, timeOf.format(at))
    if (last?.day === day) last.lines.push(line)
    else days.push({ day, lines: [line] })
  }
  return days
}

function lineOf(row: LogRow, names: Names, time: string): LogLine {
  const { leaf } = row
  const named = new Set(leaf.tgt.flatMap((target) => names.get(target.t, target.id)?.name ?? []))
  // "Read, run 3" says the run already: what is part of another name is not said again.
  const about = [...named].filter((name, _, all) => {
    return !all.some((other) => other !== name && other.includes(name))
  })
  return {
    id: row.id,
    seq: row.seq,
    hash: row.hash,
    time,
    action: leaf.act,
    about: about.slice(0, 2).join(', ') || (leaf.tgt[0] ? leaf.tgt[0].t.replace('_', ' ') : ''),
    by: names.get(leaf.actor.t, leaf.actor.id)?.name ?? leaf.actor.t,
    refused: leaf.out !== 'ok',
  }
}
