import { runningPort } from './launcher/control'
import { type Embedded, ensureEmbedded } from './launcher/ensure'

type Supervision = {
  dataDir: string
  /** The port that this process uses now. */
  port: () => number | null
  /** Called after a restart, by whichever process, with the addresses that hold now. */
  onMoved: (server: Embedded) => void
  /** Registers a listener for lost connections: the earliest sign of a dead server. */
  onConnectionClosed: (listener: (() => void) | null) => void
}

const LOOK_MS = 1_000
const FIRST_DELAY_MS = 250
const LAST_DELAY_MS = 30_000

/**
 * Keeps the embedded server of a data folder alive: looks every second, and at once when a
 * connection is lost; starts a dead server again, with growing pauses while that fails. Several
 * processes may supervise one folder. A server that somebody stopped on purpose stays stopped.
 * Returns a function that ends the supervision; it never keeps the process alive by itself.
 */
export function superviseEmbedded(supervision: Supervision): () => void {
  let stopped = false
  let looking = false
  let notBefore = 0
  let delay = FIRST_DELAY_MS

  const look = async () => {
    if (stopped || looking || Date.now() < notBefore) return
    looking = true
    try {
      const running = await runningPort(supervision.dataDir)
      if (running !== 'meant' && (running === null || running !== supervision.port())) {
        const server = await ensureEmbedded(supervision.dataDir)
        supervision.onMoved(server)
        if (!server.adopted) console.log('The built-in database had ended and was started again.')
      }
      delay = FIRST_DELAY_MS
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error)
      console.error(`The built-in database could not be started again. ${reason}`)
      notBefore = Date.now() + delay
      delay = Math.min(delay * 2, LAST_DELAY_MS)
    } finally {
      looking = false
    }
  }

  const timer = setInterval(() => void look(), LOOK_MS)
  timer.unref()
  supervision.onConnectionClosed(() => void look())
  return () => {
    stopped = true
    clearInterval(timer)
    supervision.onConnectionClosed(null)
  }
}
