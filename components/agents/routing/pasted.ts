type PastedCase = { phrase: string; expected: string | null }
type Pasted = { cases: PastedCase[]; wrong: { line: number; text: string } | null }

const LINE = /^(.*\S)\s*(?:=>|→|\t)\s*(\S+)$/

/** Routing tests, one a line: the request, an arrow or a tab, the agent or `nobody`. */
export function pastedCases(text: string): Pasted {
  const cases: PastedCase[] = []
  for (const [index, line] of text.split(/\r\n|\n|\r/).entries()) {
    const trimmed = line.trim()
    if (trimmed === '') continue
    const [, phrase, agent] = LINE.exec(trimmed) ?? []
    if (phrase === undefined || agent === undefined) {
      return { cases: [], wrong: { line: index + 1, text: trimmed } }
    }
    cases.push({ phrase, expected: agent === 'nobody' ? null : agent })
  }
  return { cases, wrong: null }
}
