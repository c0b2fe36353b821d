'use client'

import clsx from 'clsx'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { State } from '@/components/ui/state-shape'
import { plainTitle } from '@/lib/definition/claims'
import type { Section } from '@/lib/definition/model'
import { insertSection, replaceSection } from '@/lib/definition/section-edits'
import type { Analysis } from './analysis'
import type { ApplyEdit } from './form-fields'
import { ruleHref } from './rule-href'
import { belongsIn, draftFor, unconfirmedIn } from './section-help'

type Props = {
  analysis: Analysis
  /** Index of the section that the cursor is in; -1 for none. */
  current: number
  required: readonly string[]
  disabled: boolean
  apply: ApplyEdit
  onReveal: (line: number) => void
}

const INDENT = ['', '', 'pl-3', 'pl-6', 'pl-9', 'pl-12', 'pl-14']

function Entry(props: {
  section: Section
  isCurrent: boolean
  isRequired: boolean
  onReveal: () => void
}) {
  const { section, isCurrent } = props
  return (
    <li className={INDENT[section.depth]}>
      <button
        type="button"
        aria-current={isCurrent ? 'location' : undefined}
        onClick={props.onReveal}
        className={clsx(
          'flex min-h-7 w-full items-center gap-2 rounded-tag px-2 py-0.5 text-left hover:bg-hover max-sm:min-h-11',
          isCurrent && 'bg-sel font-medium',
        )}
      >
        <span className="min-w-0 flex-1 [overflow-wrap:anywhere]">
          {section.title || 'Untitled'}
        </span>
        {section.empty ? (
          <State
            kind="finding"
            is={props.isRequired ? 'error' : 'note'}
            word="empty"
            className="text-meta"
          />
        ) : null}
        <span className="text-meta text-ink-3">{section.line}</span>
      </button>
    </li>
  )
}

/** What belongs into the section that one stands in, and a draft for it that waits for a person. */
function Help(props: Props & { section: Section }) {
  const { section, analysis, apply, disabled } = props
  const [reason, setReason] = useState<string | null>(null)
  const { content, capabilities } = analysis
  const { start, end } = section.contentRange
  const waiting = unconfirmedIn(content.text.slice(start, end)).length > 0
  const draft = section.empty && !waiting ? draftFor(section.title, content, capabilities) : null
  return (
    <section aria-label="What belongs there" className="rounded-box border border-line-2 px-3 py-2">
      <h2 className="font-semibold">{section.title}</h2>
      <p className="max-w-[62ch] text-ink-2">{belongsIn(section.title)}</p>
      <p className="pt-1 text-meta text-ink-2">
        Checked by{' '}
        <a
          href={ruleHref('section-empty')}
          target="_blank"
          rel="noopener"
          className="rounded-tag font-mono text-mono text-acc underline underline-offset-2"
        >
          section-empty
        </a>
        .
      </p>
      {waiting ? (
        <p className="pt-2 text-meta text-amb">
          A draft waits here. It counts once a person confirms it in the text.
        </p>
      ) : null}
      {draft === null ? null : (
        <div className="flex flex-wrap items-center gap-3 pt-2">
          <Button
            size="small"
            disabled={disabled}
            onClick={() => setReason(apply((now) => replaceSection(now, section, draft)))}
          >
            Draft it from this text
          </Button>
          <span className="text-meta text-ink-3">Marked until somebody confirms it.</span>
        </div>
      )}
      {reason === null ? null : <p className="pt-1 text-meta text-red">{reason}</p>}
    </section>
  )
}

/** The sections of the text: which are empty, which are asked for and missing; each leads there. */
export function Outline(props: Props) {
  const { analysis, required, current } = props
  const [reason, setReason] = useState<string | null>(null)
  const { sections } = analysis.content
  const asked = new Set(required.map(plainTitle))
  const there = new Set(sections.map((one) => plainTitle(one.title)))
  const missing = required.filter((title) => !there.has(plainTitle(title)))
  const here = sections[current]
  const help = here && asked.has(plainTitle(here.title)) ? here : undefined
  const firstEmpty = sections.find((one) => one.empty && asked.has(plainTitle(one.title)))
  const explained = help ?? firstEmpty
  return (
    <div className="flex flex-col gap-4">
      {explained ? <Help key={explained.title} {...props} section={explained} /> : null}
      <nav aria-label="Outline">
        {sections.length === 0 ? <p className="text-ink-2">The text has no headings.</p> : null}
        <ol className="flex flex-col">
          {sections.map((section, index) => (
            <Entry
              key={section.range.start}
              section={section}
              isCurrent={index === current}
              isRequired={asked.has(plainTitle(section.title))}
              onReveal={() => props.onReveal(section.line)}
            />
          ))}
        </ol>
      </nav>
      {missing.length === 0 ? null : (
        <div>
          <h2 className="text-meta text-ink-2">Asked for by the constitution, not in the text</h2>
          <ul>
            {missing.map((title) => (
              <li
                key={title}
                className="flex min-h-8 items-center gap-3 border-b border-line last:border-b-0"
              >
                <span className="min-w-0 flex-1">{title}</span>
                <Button
                  size="small"
                  disabled={props.disabled}
                  aria-label={`Add the section ${title}`}
                  onClick={() =>
                    setReason(
                      props.apply((now) => insertSection(now, { title, content: '' }, null)),
                    )
                  }
                >
                  Add
                </Button>
              </li>
            ))}
          </ul>
          {reason === null ? null : <p className="pt-1 text-meta text-red">{reason}</p>}
        </div>
      )}
    </div>
  )
}
