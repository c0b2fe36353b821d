import { InvisibleText } from '@/components/ui/invisible-text'

/**
 * The text line by line with its numbers, every character without a glyph boxed. `#L12` marks a
 * line. A line ending other than a line feed is named at its end.
 */
export function RawText(props: { text: string }) {
  const lines = props.text.split(/(?<=\r\n|\n|\r(?!\n))/)
  return (
    <table className="w-full table-fixed border-collapse rounded-box font-mono text-editor">
      <caption className="sr-only">The definition, line by line</caption>
      <colgroup>
        <col className="w-12" />
        <col />
      </colgroup>
      <tbody>
        {lines.map((line, index) => {
          const text = line.replace(/[\r\n]+$/, '')
          const ending = line.slice(text.length)
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: a line is its number
            <tr key={index} id={`L${index + 1}`} className="target:bg-sel">
              <td className="select-none pr-3 text-right align-top text-ink-3">{index + 1}</td>
              <td className="align-top">
                <bdi className="whitespace-pre-wrap [overflow-wrap:anywhere]">
                  <InvisibleText text={text} />
                </bdi>
                {ending === '\r\n' || ending === '\r' ? (
                  <span className="ml-1 select-none rounded-tag border border-line-2 px-1 font-sans text-tiny text-ink-3">
                    {ending === '\r' ? 'CR' : 'CR LF'}
                  </span>
                ) : null}
              </td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}
