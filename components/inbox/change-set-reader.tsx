import { AgentText } from '@/components/ui/agent-text'
import { ChangeCount, DiffView } from '@/components/ui/diff-view'
import { SectionHead } from '@/components/ui/section'
import { Shape } from '@/components/ui/shape'
import { TextLink } from '@/components/ui/text-link'
import { Time } from '@/components/ui/time'
import type { Clock } from '@/components/ui/time-words'
import type { ChangedFile, ChangeSetSubject, InboxItem } from '@/lib/inbox/model'
import { countWords } from '@/lib/inbox/rules/words'
import { CallVerbs } from './call-verbs'
import { decideFacts } from './decide-facts'
import { GatedLines } from './held-call'
import { ItemFrame } from './item-frame'
import { Dot, ItemHead } from './item-head'
import { ItemRail, RunFactList, Who } from './rail'
import { SeenEnd } from './seen-end'
import { SettledNotice } from './settled-notice'
import { SimilarDecisions } from './similar-decisions'

/** The files that a run wants to change, and the commands that follow: write this or not. */
export function ChangeSetReader(props: { item: InboxItem; set: ChangeSetSubject; clock: Clock }) {
  const { item, set, clock } = props
  const facts = decideFacts(item)
  return (
    <ItemFrame
      notice={<SettledNotice facts={facts} clock={clock} viewerId={item.viewer.id} />}
      head={
        <ItemHead
          item={item}
          clock={clock}
          title={item.title}
          sentence="Nothing is written before this is approved."
          origin={
            <>
              Change-set <Dot /> Run{' '}
              <TextLink href={`/runs/${set.run.id}`}>{set.run.number}</TextLink> <Dot />
              <span>
                Asked <Time at={item.openedAt} clock={clock} />
              </span>
            </>
          }
        />
      }
      rail={<ItemRail item={item} run={set.run} clock={clock} />}
      facts={
        <>
          <RunFactList item={item} run={set.run} />
          <h2 className="pt-4 pb-1.5 font-semibold">Who may decide</h2>
          <Who standing={item.standing} department={item.department} />
        </>
      }
      foot={<CallVerbs facts={facts} />}
    >
      {set.error ? (
        <p className="mb-4 flex gap-2 text-red">
          <Shape name="error-square" className="mt-1" />
          {set.error}
        </p>
      ) : null}
      <FileList set={set} />
      {set.operations.length > 0 ? (
        <section className="pt-5">
          <SectionHead
            title="Commands after the files"
            remark="approved one by one, carried out in this order"
            className="mb-2"
          />
          <GatedLines label="Commands after the files" lines={set.operations} />
        </section>
      ) : null}
      <div className="flex flex-col gap-4 pt-5">
        {set.files.map((file, index) => (
          <FileDiff key={file.path} file={file} id={`file-${index}`} />
        ))}
      </div>
      <SeenEnd digest={item.digest} id="read-to-here" />
      <SimilarDecisions rows={item.similar} clock={clock} />
      {set.explanation ? <AgentText className="mt-6" text={set.explanation} /> : null}
    </ItemFrame>
  )
}

const CHANGE = { create: 'new', modify: 'changed', delete: 'deleted' } as const

function FileList(props: { set: ChangeSetSubject }) {
  const { set } = props
  return (
    <section aria-label="Files">
      <SectionHead
        title={countWords(set.files.length, 'file')}
        remark={<ChangeCount added={set.added} removed={set.removed} />}
        aside={
          set.incomplete === null ? (
            <span className="text-grn">All of it shown</span>
          ) : (
            <strong className="font-medium text-red">{set.incomplete}</strong>
          )
        }
      />
      <ul>
        {set.files.map((file, index) => (
          <li
            key={file.path}
            className="flex min-h-9 items-center gap-3 border-b border-line py-1 max-sm:min-h-11"
          >
            <a
              href={`#file-${index}`}
              className="min-w-0 rounded-tag font-mono text-mono text-acc [overflow-wrap:anywhere] hover:underline"
            >
              <bdi>{file.path}</bdi>
            </a>
            <span className={file.change === 'delete' ? 'text-red' : 'text-ink-3'}>
              {CHANGE[file.change]}
            </span>
            {file.executable ? <span className="text-amb">executable</span> : null}
            <span className="ml-auto">
              <ChangeCount added={file.added} removed={file.removed} />
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}

function FileDiff(props: { file: ChangedFile; id: string }) {
  const { file, id } = props
  const head = (
    <>
      <bdi className="font-mono text-mono [overflow-wrap:anywhere]">{file.path}</bdi>
      <ChangeCount added={file.added} removed={file.removed} />
      <span className="text-meta text-ink-3">{CHANGE[file.change]}</span>
      {file.hidden > 0 ? (
        <strong className="text-meta font-medium text-red">
          {countWords(file.hidden, 'invisible character')}, boxed
        </strong>
      ) : null}
    </>
  )
  if (file.diff === null) {
    return (
      <section id={id} className="scroll-mt-4 rounded-box border border-line-2">
        <div className="flex min-h-9 flex-wrap items-center gap-x-4 bg-code px-3 py-1">{head}</div>
        <p className="px-3 py-2 text-ink-2">{file.note}</p>
      </section>
    )
  }
  return (
    <div id={id} className="scroll-mt-4">
      <DiffView id={`${id}-line`} label={`Change of ${file.path}`} diff={file.diff} head={head} />
    </div>
  )
}
