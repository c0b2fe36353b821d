const visits = new Map<string, number>()

/**
 * A named place at which a test may kill the process, to prove that nothing half-done is left.
 * Does nothing unless CHANCERY_FAULT is `name` or `name:n`: then the n-th visit (first is 1) ends
 * the process with SIGKILL, as a power cut would.
 */
export function faultPoint(name: string): void {
  const wanted = process.env.CHANCERY_FAULT
  if (wanted === undefined || wanted === '') return
  const [target, nth = '1'] = wanted.split(':')
  if (target !== name) return
  const visit = (visits.get(name) ?? 0) + 1
  visits.set(name, visit)
  if (visit === Number(nth)) process.kill(process.pid, 'SIGKILL')
}
