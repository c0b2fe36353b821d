import 'server-only'
import { invalid } from '@/lib/core/errors'
import { databaseConfig } from '@/lib/db/config'
import { stopEmbedded } from '@/lib/db/launcher/control'
import { ensureEmbedded } from '@/lib/db/launcher/ensure'
import { type CliCommand, EXIT, readArguments } from './terminal'

/** `chancery db stop` and `chancery db url`: the built-in server for psql and backups. */
export const database: CliCommand = async (argv) => {
  const { values, positionals } = readArguments(argv, {
    admin: { type: 'boolean', default: false },
  })
  const config = databaseConfig()
  if (config.kind === 'external') {
    invalid(
      'DATABASE_URL is set: the database is not ours to stop, and its address is yours already.',
    )
  }
  switch (positionals.join(' ')) {
    case 'stop': {
      const stopped = await stopEmbedded(config.dataDir)
      console.log(stopped ? 'The database is stopped.' : 'The database was not running.')
      return EXIT.ok
    }
    case 'url': {
      const server = await ensureEmbedded(config.dataDir)
      console.log(values.admin ? server.adminUrl : server.url)
      return EXIT.ok
    }
    default:
      return invalid('Say "chancery db stop" or "chancery db url".')
  }
}
