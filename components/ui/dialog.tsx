'use client'

import clsx from 'clsx'
import { type ReactNode, useEffect, useId, useLayoutEffect, useRef } from 'react'

type Props = {
  open: boolean
  onClose: () => void
  className?: string
  /** Named by its heading, or by this when it has none. */
  label?: string
  labelledBy?: string
  children: ReactNode
}

/**
 * The browser's own modal dialog: it holds the focus, makes the page behind it inert, closes on Esc
 * and gives the focus back, and needs no injected style. The focus starts on `data-autofocus`, else
 * on the first control. The frame only; `Dialog` for questions.
 */
export function Modal(props: Props) {
  const ref = useRef<HTMLDialogElement>(null)
  const { open, onClose } = props
  useEffect(() => {
    const dialog = ref.current
    if (!dialog) return
    if (open && !dialog.open) {
      dialog.showModal()
      dialog.querySelector<HTMLElement>('[data-autofocus]')?.focus()
    }
    if (!open && dialog.open) dialog.close()
  }, [open])
  // Closed before it leaves the page, so that the focus goes back to where it came from.
  useLayoutEffect(() => {
    const dialog = ref.current
    return () => dialog?.close()
  }, [])
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Esc is the key; this is the click beside it
    <dialog
      ref={ref}
      aria-label={props.label}
      aria-labelledby={props.labelledBy}
      onClose={onClose}
      onClick={(event) => {
        if (event.target === ref.current) onClose()
      }}
      className={clsx(
        'm-auto max-h-[calc(100dvh-32px)] max-w-[calc(100vw-32px)] overflow-auto rounded-float bg-raise text-ink shadow-float open:animate-open',
        props.className,
      )}
    >
      {open ? props.children : null}
    </dialog>
  )
}

/**
 * A question that cannot be undone, or a step up. Only for that: what can be taken back is not
 * confirmed. Title asks, the sentence gives the effect in numbers; in `actions` the safe button
 * comes first.
 */
export function Dialog(props: {
  open: boolean
  onClose: () => void
  title: string
  sentence: ReactNode
  actions: ReactNode
  children?: ReactNode
}) {
  const id = useId()
  return (
    <Modal open={props.open} onClose={props.onClose} labelledBy={id} className="w-[432px]">
      <div className="flex flex-col gap-3 px-4 pt-3.5 pb-4">
        <div>
          <h2 id={id} className="text-title">
            {props.title}
          </h2>
          <div className="pt-1 text-ink-2">{props.sentence}</div>
        </div>
        {props.children}
      </div>
      <div className="flex flex-wrap items-center justify-end gap-2 border-t border-line px-4 py-2.5">
        {props.actions}
      </div>
    </Modal>
  )
}
