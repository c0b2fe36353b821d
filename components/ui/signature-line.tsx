import clsx from 'clsx'
import type { ReactNode } from 'react'
import { Initials } from './person'

/** A seat of an approval: who signed when, or that nobody did, and why the seat exists. */
export type Seat = {
  id: string
  /** Who signed; null while the seat is open. */
  name: string | null
  /** Is this the reader's own seat? */
  yours: boolean
  /** When it was signed or is due, as a `Time` or words. */
  when?: ReactNode
  /** "Security, because Bash is added". */
  why: ReactNode
}

/** One signature: a name over a solid line; an open seat is dashed, accent when it is yours. */
function SignatureLine(props: { seat: Seat }) {
  const { seat } = props
  return (
    <div className="min-w-0">
      <div className="flex min-h-6 items-center gap-2 pb-1">
        {seat.name === null ? (
          <span className="text-ink-3">{seat.yours ? 'your seat, not signed' : 'not signed'}</span>
        ) : (
          <>
            <Initials name={seat.name} />
            <span className="min-w-0 truncate" title={seat.name}>
              {seat.name}
            </span>
          </>
        )}
        {seat.when ? (
          <span className="ml-auto shrink-0 text-meta text-ink-3">{seat.when}</span>
        ) : null}
      </div>
      {seat.name === null ? (
        <div className={clsx('dashes', seat.yours ? 'text-acc' : 'text-ctl')} />
      ) : (
        <div className="forced-fill h-0.5 bg-acc" />
      )}
      <p className="pt-0.5 text-meta text-ink-3">{seat.why}</p>
    </div>
  )
}

/** All seats of an approval, in the order in which they have to be read. */
export function SignatureLines(props: { seats: readonly Seat[] }) {
  return (
    <ul aria-label="Signatures" className="flex flex-col gap-2">
      {props.seats.map((seat) => (
        <li key={seat.id}>
          <SignatureLine seat={seat} />
        </li>
      ))}
    </ul>
  )
}
