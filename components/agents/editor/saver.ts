export type Stored = { text: string; revision: number }
/** What is stored now: whose it is, and the text that both started from, where it is known. */
export type Theirs = Stored & { by: string; at: string; base: string | null }

export type SendAnswer =
  | { kind: 'saved'; revision: number; at: string }
  /** Another revision is stored; what it holds has to be read. */
  | { kind: 'conflict' }
  /** Sending again cannot help: closed, forbidden, too large. */
  | { kind: 'refused'; reason: string }
  /** No answer, or one that may pass: offline, signed out, a fault of ours. */
  | { kind: 'lost'; reason: string }

export type SaveState =
  | { kind: 'saved'; at: string | null }
  | { kind: 'unsaved' }
  | { kind: 'saving' }
  | { kind: 'failed'; reason: string; retries: boolean }
  | { kind: 'conflict'; theirs: Theirs; base: string }

export type SaverPort = {
  /** `mergedWith`: the live version that the text now knows of. */
  send: (change: Stored & { mergedWith?: string }) => Promise<SendAnswer>
  /** What is stored now, and what `revision` held. May throw; that counts as no answer. */
  readStored: (revision: number) => Promise<Theirs>
  /** Keeps the text on this device while it is not stored; null forgets it. */
  keep: (change: Stored | null) => void
  onState: (state: SaveState) => void
}

const PAUSE_MS = 2_000
const FIRST_RETRY_MS = 5_000
const LAST_RETRY_MS = 60_000
/** Texts whose answers got lost: when one of them is what is stored, it was ours. */
const REMEMBERED = 8
/** What is typed during a flush is sent too, but nobody types for ever. */
const MAX_TURNS = 5

/**
 * Saves what is typed, without React: two seconds after the last
 * key, on leaving the field, and again after a failure. Whatever happens to an answer, the text of
 * the person is never replaced unless they choose so.
 */
export class Saver {
  private text: string
  private stored: Stored
  private state: SaveState
  private running: Promise<void> | null = null
  private timer: ReturnType<typeof setTimeout> | undefined
  private failures = 0
  private unanswered: string[] = []
  private mergedWith: string | null = null

  constructor(
    private readonly port: SaverPort,
    start: Stored & { at: string | null },
  ) {
    this.text = start.text
    this.stored = { text: start.text, revision: start.revision }
    this.state = { kind: 'saved', at: start.at }
  }

  /** The person changed the text. */
  edit(text: string): void {
    if (text === this.text) return
    this.text = text
    this.port.keep(this.isDirty() ? { text, revision: this.stored.revision } : null)
    if (this.state.kind === 'conflict') return
    if (this.running === null) {
      this.become(this.isDirty() ? { kind: 'unsaved' } : { kind: 'saved', at: null })
    }
    if (this.isDirty()) this.schedule(PAUSE_MS)
  }

  /** Saves now. True when the text is stored. */
  async flush(): Promise<boolean> {
    for (let turn = 0; turn < MAX_TURNS && this.isDirty(); turn++) {
      await this.run()
      if (this.state.kind === 'failed' || this.state.kind === 'conflict') return false
    }
    return !this.isDirty()
  }

  /** The text was merged with a version that went live meanwhile; stored with that, even unchanged. */
  merge(text: string, version: string): void {
    this.mergedWith = version
    this.edit(text)
    this.become({ kind: 'unsaved' })
    this.schedule(0)
  }

  /** After a conflict: the text that holds from now on, whoever wrote it. */
  resolve(text: string): void {
    if (this.state.kind !== 'conflict') return
    const { revision, text: theirs } = this.state.theirs
    this.stored = { text: theirs, revision }
    this.text = text
    // Theirs as it is does not know of the version that mine was merged with.
    if (text === theirs) this.mergedWith = null
    this.port.keep(this.isDirty() ? { text, revision } : null)
    this.become(this.isDirty() ? { kind: 'unsaved' } : { kind: 'saved', at: null })
    if (this.isDirty()) this.schedule(0)
  }

  revision(): number {
    return this.stored.revision
  }

  isDirty(): boolean {
    return this.text !== this.stored.text || this.mergedWith !== null
  }

  /** Ends the timers; an unsaved text stays kept on the device. */
  stop(): void {
    clearTimeout(this.timer)
  }

  private become(next: SaveState): void {
    this.state = next
    this.port.onState(next)
  }

  private schedule(ms: number): void {
    clearTimeout(this.timer)
    this.timer = setTimeout(() => void this.run(), ms)
  }

  private run(): Promise<void> {
    if (this.running !== null) return this.running
    if (!this.isDirty() || this.state.kind === 'conflict') return Promise.resolve()
    clearTimeout(this.timer)
    this.running = this.attempt().finally(() => {
      this.running = null
      if (this.state.kind === 'unsaved') this.schedule(PAUSE_MS)
    })
    return this.running
  }

  private async attempt(): Promise<void> {
    const { mergedWith } = this
    const sending = { text: this.text, revision: this.stored.revision }
    this.become({ kind: 'saving' })
    const answer = await this.port.send(mergedWith ? { ...sending, mergedWith } : sending)
    if (answer.kind === 'saved') {
      if (this.mergedWith === mergedWith) this.mergedWith = null
      this.settle(sending.text, answer)
    } else if (answer.kind === 'conflict') this.meet(await this.readStored())
    else if (answer.kind === 'lost') this.fail(sending.text, answer.reason)
    else this.become({ kind: 'failed', reason: answer.reason, retries: false })
  }

  private settle(saved: string, answer: { revision: number; at: string }): void {
    this.stored = { text: saved, revision: answer.revision }
    this.failures = 0
    this.unanswered = []
    if (this.isDirty()) {
      this.port.keep({ text: this.text, revision: answer.revision })
      this.become({ kind: 'unsaved' })
    } else {
      this.port.keep(null)
      this.become({ kind: 'saved', at: answer.at })
    }
  }

  private async readStored(): Promise<Theirs | null> {
    try {
      return await this.port.readStored(this.stored.revision)
    } catch {
      return null
    }
  }

  private meet(theirs: Theirs | null): void {
    if (theirs === null) {
      this.fail(this.text, 'The stored draft could not be read.')
    } else if (theirs.text !== this.text && !this.unanswered.includes(theirs.text)) {
      this.become({ kind: 'conflict', theirs, base: theirs.base ?? this.stored.text })
    } else {
      // It is our own text, whose answer got lost: go on from there.
      this.settle(theirs.text, { revision: theirs.revision, at: new Date().toISOString() })
    }
  }

  private fail(sent: string, reason: string): void {
    this.unanswered = [...this.unanswered, sent].slice(-REMEMBERED)
    this.failures += 1
    this.become({ kind: 'failed', reason, retries: true })
    this.schedule(Math.min(LAST_RETRY_MS, FIRST_RETRY_MS * 2 ** (this.failures - 1)))
  }
}
