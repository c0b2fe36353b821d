import { TextLink } from '@/components/ui/text-link'
import { DemoOffer } from './demo-offer'
import { EntryColumn, EntryFrame } from './frame'
import { SetUpForm } from './set-up-form'
import { Steps } from './steps'

/** First run with the right link: the form, and the steps that follow it. */
export function SetupScreen(props: { token: string }) {
  return (
    <EntryFrame
      title="Set up the record"
      sentence="From here on everything that matters leaves a fact."
      aside={
        <Steps
          steps={[
            { title: 'Organisation and owner', remark: 'Who keeps this record', state: 'now' },
            { title: 'Import agents', remark: 'Nothing is changed', state: 'later' },
            { title: 'Somebody who approves', remark: 'Four eyes need two', state: 'later' },
          ]}
        />
      }
    >
      <SetUpForm token={props.token} instead={<DemoOffer token={props.token} />} />
    </EntryFrame>
  )
}

const CLOSED = {
  missing: [
    'Chancery is not set up yet',
    'Open the one-time setup link that was printed when it was started. To see a new one, start Chancery again or run',
  ],
  replaced: [
    'This setup link does not hold',
    'It was replaced by a newer one, or a part of it is missing. Every start prints a new link; so does',
  ],
} as const

/** First run without the right link: why, and how to get one. */
export function SetupClosed(props: { state: keyof typeof CLOSED }) {
  const [title, sentence] = CLOSED[props.state]
  return (
    <EntryFrame title={title}>
      <EntryColumn>
        <p className="text-ink-2">
          {sentence} <code className="font-mono text-mono text-ink">chancery doctor</code>.
        </p>
      </EntryColumn>
    </EntryFrame>
  )
}

/** The setup page once somebody is here, to whoever is not signed in. */
export function SetupDone(props: { organisation: string }) {
  return (
    <EntryFrame place={props.organisation} title="Chancery is set up already">
      <EntryColumn>
        <p className="text-ink-2">The setup link worked once and is gone.</p>
        <p className="pt-3">
          <TextLink href="/login">Sign in</TextLink>
        </p>
      </EntryColumn>
    </EntryFrame>
  )
}
