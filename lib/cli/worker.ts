import 'server-only'
import { openDatabase, shutDatabase } from '@/lib/db/boot'
import { startServices } from './services'
import { type CliCommand, EXIT } from './terminal'

const GRACE_MS = 20_000

/** `chancery worker`: jobs and sealing, until a signal; then finishes what it holds within 20 s. */
export const worker: CliCommand = async () => {
  await openDatabase()
  const services = await startServices()
  console.log('Worker is running. End it with Ctrl+C.')
  await new Promise<void>((done) => {
    process.once('SIGINT', () => done())
    process.once('SIGTERM', () => done())
  })
  const late = setTimeout(() => process.exit(EXIT.failed), GRACE_MS)
  await services.stop()
  await shutDatabase()
  clearTimeout(late)
  return EXIT.ok
}
