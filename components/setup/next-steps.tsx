import type { ReactNode } from 'react'
import { ButtonLink } from '@/components/ui/button'
import { SectionHead } from '@/components/ui/section'
import { TextLink } from '@/components/ui/text-link'
import { EntryFrame } from './frame'
import { Steps } from './steps'

/** One way to begin: what it is, what happens, its button. */
function Way(props: { title: string; children: ReactNode; action: ReactNode }) {
  return (
    <li className="flex flex-wrap items-center gap-x-6 gap-y-2 border-b border-line py-3">
      <div className="min-w-0 flex-1 basis-64">
        <h3 className="font-medium">{props.title}</h3>
        <p className="max-w-[62ch] text-ink-2">{props.children}</p>
      </div>
      {props.action}
    </li>
  )
}

/** After the first form: signed in, and the ways to fill the catalog. */
export function NextSteps(props: { organisation: string; person: string }) {
  return (
    <EntryFrame
      place={props.organisation}
      title="Set up the record"
      sentence="The log is running. Its first fact is this installation."
      aside={
        <Steps
          steps={[
            { title: 'Organisation and owner', remark: props.person, state: 'done' },
            { title: 'Import agents', remark: 'Nothing is changed', state: 'now' },
            { title: 'Somebody who approves', remark: 'Four eyes need two', state: 'later' },
          ]}
        />
      }
    >
      <div className="w-full max-w-[720px] px-12 pt-8 pb-12 max-md:px-4 max-md:pt-5">
        <h2 className="text-heading">Bring in the agents that you have</h2>
        <p className="max-w-[62ch] pt-1 text-ink-2">
          Every file is kept byte for byte. Import never repairs; findings wait on each agent, and
          every agent starts as a draft.
        </p>
        <SectionHead title="Begin with" className="pt-6" />
        <ul>
          <Way
            title="A folder or files"
            action={
              <ButtonLink href="/agents/import" tone="primary">
                Choose files
              </ButtonLink>
            }
          >
            Definitions as they lie in your repository: agent files, or an archive of them.
          </Way>
          <Way
            title="One definition, pasted"
            action={<ButtonLink href="/agents/import?from=paste">Paste a definition</ButtonLink>}
          >
            The text of one agent file, to see what the checks say.
          </Way>
        </ul>
        <SectionHead title="Then" className="pt-8" />
        <ul>
          <Way
            title="Invite somebody who approves"
            action={<ButtonLink href="/people?invite=1">Invite a person</ButtonLink>}
          >
            Nobody approves their own work. Until a second person is here, nothing can be published.
          </Way>
        </ul>
        <p className="pt-6">
          <TextLink href="/">Go to the overview</TextLink>
        </p>
      </div>
    </EntryFrame>
  )
}
