import { TextLink } from '@/components/ui/text-link'
import type { Choice } from '@/lib/constitution/routing'

/** Who a request goes to: an agent, nobody, or several that stand equal. */
export function ChoiceWords(props: { choice: Choice }) {
  const { slug, tied } = props.choice
  if (slug !== null) return <AgentLink slug={slug} />
  if (tied.length === 0) return <span className="text-ink-2">nobody</span>
  return (
    <span>
      a tie of{' '}
      {tied.map((one, index) => (
        <span key={one}>
          {index === 0 ? null : index === tied.length - 1 ? ' and ' : ', '}
          <AgentLink slug={one} />
        </span>
      ))}
    </span>
  )
}

export function AgentLink(props: { slug: string }) {
  return (
    <TextLink href={`/agents/${props.slug}`} className="font-mono text-mono break-words">
      {props.slug}
    </TextLink>
  )
}

/** The same as one line of text. */
export function choiceText({ slug, tied }: Choice): string {
  return slug ?? (tied.length === 0 ? 'nobody' : `a tie of ${tied.join(', ')}`)
}
