/** Where a process of the flow kills itself, in the order of the flow; `:n` is the n-th visit. */
export const FAULTS: readonly string[] = [
  ...['agent.import.before-commit', 'agent.import.after-commit'],
  ...['proposal.open.before-commit', 'proposal.open.after-commit'],
  // Approve and publish.
  ...['decide.recorded', 'version.inserted', 'decide.settled'],
  ...['approval.decide.before-commit', 'approval.decide.after-commit'],
  ...['run.start.before-commit', 'run.start.after-commit'],
  ...['run.claimed:2', 'run.begin.pinned', 'run.model.answered:2', 'run.model.committed:2'],
  ...['run.tool.ran:2', 'run.tool.committed:2'],
  ...['run.advance.before-commit:3', 'run.advance.after-commit:3'],
  // Approve the held call and resume.
  ...['decide.recorded:2', 'decide.settled:2'],
  ...['approval.decide.before-commit:2', 'approval.decide.after-commit:2', 'run.tool.ran:4'],
  // Approve the change-set and apply.
  ...['decide.recorded:3', 'decide.settled:3'],
  ...['approval.decide.before-commit:3', 'approval.decide.after-commit:3'],
  ...['run.apply.intent', 'run.apply.file:2', 'run.apply.files'],
  ...['run.operation.intent', 'run.operation.done'],
  // Sequence and sign.
  ...['integrate.after-insert', 'integrate.before-commit', 'integrate.after-commit'],
  ...['publish.before-sign', 'publish.after-sign', 'publish.after-high-water'],
  'publish.before-commit',
]

/** One round: a fault point, all processes of PostgreSQL, or a worker at a random moment. */
export type Blow = { at: string; moment: number }

const POSTGRES = 12
const WORKER = 8

/** The rounds in a fixed order; moments (0 to 1) from the seed. */
export function blows(rounds: number, seed: number): Blow[] {
  const kinds = [
    ...FAULTS,
    ...Array.from({ length: POSTGRES }, () => 'postgres'),
    ...Array.from({ length: WORKER }, () => 'worker'),
  ]
  let state = seed >>> 0
  return Array.from({ length: rounds }, (_, n) => {
    // A linear congruential generator is enough to spread moments.
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return { at: kinds[n % kinds.length] ?? 'postgres', moment: state / 2 ** 32 }
  })
}
