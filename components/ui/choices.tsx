import clsx from 'clsx'
import type { ReactNode } from 'react'
import { KeyHint, keyAttributes } from './key-hint'

type Choice = {
  value: string
  label: ReactNode
  /** What happens when this is chosen and committed. */
  effect?: ReactNode
  keys?: string
  disabled?: boolean
}
type Group = {
  name: string
  /** What is being chosen; read before the options. */
  label: string
  choices: readonly Choice[]
  defaultValue?: string | undefined
  /** With `onChange` the group is controlled by a client component. */
  value?: string | undefined
  onChange?: (value: string) => void
}

function radio(group: Group, choice: Choice) {
  const onChange = group.onChange
  return {
    type: 'radio' as const,
    name: group.name,
    value: choice.value,
    disabled: choice.disabled,
    ...keyAttributes(choice.keys),
    ...(onChange
      ? { checked: group.value === choice.value, onChange: () => onChange(choice.value) }
      : { defaultChecked: group.defaultValue === choice.value }),
  }
}

/** The verbs of a decision as radios, each with its effect; native, so arrows and forms work. */
export function RadioGroup(props: Group) {
  return (
    <fieldset className="rounded-box border border-line-2">
      <legend className="sr-only">{props.label}</legend>
      {props.choices.map((choice) => (
        <label
          key={choice.value}
          className="group/choice -mx-px -mt-px flex items-start gap-2.5 border border-transparent border-t-line-2 px-[11px] py-2 first-of-type:rounded-t-box last-of-type:-mb-px last-of-type:rounded-b-box first-of-type:border-t-transparent has-checked:relative has-checked:border-acc has-checked:bg-sel has-disabled:text-ink-3"
        >
          <input {...radio(props, choice)} className="dot mt-[3px]" />
          <span className="min-w-0 flex-1">
            <span className="block group-has-checked/choice:font-semibold">{choice.label}</span>
            {choice.effect ? (
              <span className="block text-meta text-ink-2">{choice.effect}</span>
            ) : null}
          </span>
          {choice.keys ? <KeyHint keys={choice.keys} className="mt-0.5" /> : null}
        </label>
      ))}
    </fieldset>
  )
}

/** One choice in a form, side by side; the chosen one has the accent edge. */
export function Segmented(props: Group & { fill?: boolean }) {
  return (
    <fieldset className={clsx('flex', props.fill ? 'w-full' : 'w-fit max-w-full flex-wrap')}>
      <legend className="sr-only">{props.label}</legend>
      {props.choices.map((choice) => (
        <label
          key={choice.value}
          className={clsx(
            'relative -ml-px flex h-(--control-commit) items-center justify-center border border-line-2 bg-bg px-3.5 text-ink-2 first-of-type:ml-0 first-of-type:rounded-l-box last-of-type:rounded-r-box hover:bg-hover has-checked:z-1 has-checked:border-acc has-checked:bg-sel has-checked:font-semibold has-checked:text-ink has-disabled:text-ctl has-focus-visible:outline-2 has-focus-visible:outline-acc has-focus-visible:outline-offset-2',
            props.fill && 'flex-1 whitespace-nowrap max-sm:px-2',
          )}
        >
          <input {...radio(props, choice)} className="sr-only" />
          {choice.label}
        </label>
      ))}
    </fieldset>
  )
}
