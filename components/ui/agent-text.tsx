import clsx from 'clsx'
import { InvisibleText } from './invisible-text'

/**
 * What an agent wrote: behind the grey bar, named as unverified, isolated from the direction of the
 * page's own text, every invisible character boxed. Nothing that is computed ever has this bar.
 */
export function AgentText(props: { text: string; label?: string; className?: string }) {
  return (
    <figure className={clsx('border-l-2 border-line-2 py-0.5 pl-3', props.className)}>
      <figcaption className="text-meta text-ink-3">
        {props.label ?? 'Written by the agent, not verified'}
      </figcaption>
      <blockquote className="max-w-[62ch] whitespace-pre-wrap text-ink-2">
        <bdi>
          <InvisibleText text={props.text} />
        </bdi>
      </blockquote>
    </figure>
  )
}
