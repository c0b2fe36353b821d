/**
 * Tables of schema public that change without a fact, each with the reason why that is right. Every
 * other table carries `audit_event_id` and is tied to the log by drizzle/guards/tie.sql; a test
 * compares this list with the database, so a new table cannot be forgotten.
 */
export const UNGOVERNED: Readonly<Record<string, string>> = {
  catalog_finding: 'Derived from the definitions and a rulebook; may be dropped and rebuilt.',
  command_result: 'First results by idempotency key; the command itself left the fact.',
  definition_check: 'Derived from a definition and a rulebook; may be dropped and rebuilt.',
  mail: 'A copy of notices on its way to one person.',
  notice: 'Tells one person of a fact; reading it decides nothing.',
  rate_bucket: 'Counters against guessing; losing them costs nothing.',
  run_lease: 'Who may write a run now; moves every few seconds and decides nothing.',
  session: 'Its last-seen time moves with every request; start and end leave facts.',
  setup_token: 'One hash until the setup is done, which leaves a fact.',
}
