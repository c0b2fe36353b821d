import { customType, timestamp, uuid } from 'drizzle-orm/pg-core'

/** Raw bytes. postgres.js hands back a Buffer. */
export const bytea = customType<{ data: Uint8Array; driverData: Buffer }>({
  dataType: () => 'bytea',
  toDriver: (value) => Buffer.from(value),
})

/** An instant with zone; a Date with milliseconds. Never used for optimistic locking. */
export const instant = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' })

/**
 * The fact of the last change to a governed row. A deferred constraint trigger refuses the commit
 * unless that event was written in the same transaction (drizzle/guards/tie.sql).
 */
export const auditEvent = () => uuid('audit_event_id').notNull()
