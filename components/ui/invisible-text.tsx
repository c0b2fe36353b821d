import { visibleSegments } from '@/lib/core/text-safety'

/**
 * Text with every character that has no glyph shown as a box with its code point; the name is in
 * the tooltip and for assistive technology. Loses nothing: what is shown is what is there.
 */
export function InvisibleText(props: { text: string }) {
  return visibleSegments(props.text).map((segment, index) =>
    'text' in segment ? (
      segment.text
    ) : (
      <span
        // biome-ignore lint/suspicious/noArrayIndexKey: a segment is its place
        key={index}
        title={segment.name}
        className="mx-px whitespace-nowrap rounded-tag border border-amb-mark bg-amb-soft px-0.5 font-mono text-[11px]/[14px] text-amb"
      >
        <span className="sr-only">invisible character </span>
        {segment.box}
        <span className="sr-only"> {segment.name}</span>
      </span>
    ),
  )
}
