import { ASSERTIVE_ID, POLITE_ID } from './announce'

/** The two live regions of the page; `announce()` speaks through them. */
export function LiveRegions() {
  return (
    <>
      <p id={POLITE_ID} role="status" aria-live="polite" className="sr-only" />
      <p id={ASSERTIVE_ID} role="alert" aria-live="assertive" className="sr-only" />
    </>
  )
}
