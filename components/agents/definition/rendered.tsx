import Markdown, { type Components } from 'react-markdown'
import rehypeSanitize, { defaultSchema } from 'rehype-sanitize'
import remarkGfm from 'remark-gfm'
import { InvisibleText } from '@/components/ui/invisible-text'
import { visibleSegments } from '@/lib/core/text-safety'
import type { DefinitionContent, Field } from '@/lib/definition/model'

/** No raw HTML, no images from anywhere: a definition is data, and must not call home. */
const SCHEMA = {
  ...defaultSchema,
  tagNames: (defaultSchema.tagNames ?? []).filter((name) => name !== 'img'),
}

type Node = {
  type: string
  value?: string
  tagName?: string
  properties?: Record<string, unknown>
  children?: Node[]
}

/** Puts every character without a glyph into a `<data>` element, which is drawn as its box. */
function boxHidden() {
  const boxed = (node: Node): Node[] => {
    if (node.type !== 'text' || node.value === undefined) {
      return [node.children ? { ...node, children: node.children.flatMap(boxed) } : node]
    }
    return visibleSegments(node.value).map((segment) =>
      'text' in segment
        ? { type: 'text', value: segment.text }
        : {
            type: 'element',
            tagName: 'data',
            properties: { value: segment.box, title: segment.name },
            children: [],
          },
    )
  }
  return (tree: Node) => {
    tree.children = (tree.children ?? []).flatMap(boxed)
  }
}

const HEADING = 'pt-4 pb-1 first:pt-0'
const COMPONENTS: Components = {
  h1: ({ children }) => <h3 className={`text-title ${HEADING}`}>{children}</h3>,
  h2: ({ children }) => <h3 className={`text-title ${HEADING}`}>{children}</h3>,
  h3: ({ children }) => <h4 className={`font-semibold ${HEADING}`}>{children}</h4>,
  h4: ({ children }) => <h5 className={`font-semibold ${HEADING}`}>{children}</h5>,
  h5: ({ children }) => <h6 className={`font-medium ${HEADING}`}>{children}</h6>,
  h6: ({ children }) => <h6 className={`font-medium ${HEADING}`}>{children}</h6>,
  p: ({ children }) => <p className="py-1">{children}</p>,
  ul: ({ children }) => <ul className="list-disc py-1 pl-5">{children}</ul>,
  ol: ({ children }) => <ol className="list-decimal py-1 pl-5">{children}</ol>,
  a: ({ href, children }) => (
    <a
      href={href}
      target="_blank"
      rel="noopener noreferrer nofollow"
      className="text-acc underline"
    >
      {children}
    </a>
  ),
  img: ({ alt }) => <span className="text-ink-3">[image not loaded: {alt}]</span>,
  code: ({ children }) => (
    <code className="rounded-tag bg-code px-1 text-mono [overflow-wrap:anywhere]">{children}</code>
  ),
  pre: ({ children }) => (
    <pre className="my-2 overflow-x-auto rounded-box border border-line bg-code px-3 py-2 text-mono [&>code]:bg-transparent [&>code]:p-0">
      {children}
    </pre>
  ),
  blockquote: ({ children }) => (
    <blockquote className="my-1 border-l border-line-2 pl-3 text-ink-2">{children}</blockquote>
  ),
  table: ({ children }) => (
    <div className="my-2 overflow-x-auto">
      <table className="border-collapse text-left [&_td]:border-b [&_td]:border-line [&_td]:py-1 [&_td]:pr-4 [&_th]:border-b [&_th]:border-line-2 [&_th]:py-1 [&_th]:pr-4 [&_th]:font-medium">
        {children}
      </table>
    </div>
  ),
  data: ({ value, title }) => (
    <span
      title={title}
      className="mx-px whitespace-nowrap rounded-tag border border-amb-mark bg-amb-soft px-0.5 font-mono text-[11px]/[14px] text-amb"
    >
      <span className="sr-only">invisible character </span>
      {value}
      <span className="sr-only"> {title}</span>
    </span>
  ),
  hr: () => <hr className="my-4 border-line" />,
}

function valueText(field: Field): string {
  return typeof field.value === 'string' ? field.value : JSON.stringify(field.value)
}

/** The fields as a list and the body as Markdown; what is shown is read, never run. */
export function RenderedDefinition(props: { content: DefinitionContent }) {
  const { content } = props
  const { start, end } = content.body.range
  return (
    <div className="max-w-[72ch]">
      {content.fields.length === 0 ? null : (
        <dl className="mb-5 grid grid-cols-[minmax(80px,auto)_minmax(0,1fr)] gap-x-5 gap-y-1 border-b border-line pb-4">
          {content.fields.map((field) => (
            <div key={`${field.key} ${field.range.start}`} className="contents">
              <dt className="font-mono text-mono text-ink-3">{field.key}</dt>
              <dd className="min-w-0 whitespace-pre-wrap [overflow-wrap:anywhere]">
                <bdi>
                  <InvisibleText text={valueText(field)} />
                </bdi>
              </dd>
            </div>
          ))}
        </dl>
      )}
      <h2 className="sr-only">Text of the definition</h2>
      <bdi className="block [overflow-wrap:anywhere]">
        <Markdown
          remarkPlugins={[remarkGfm]}
          rehypePlugins={[[rehypeSanitize, SCHEMA], boxHidden]}
          components={COMPONENTS}
        >
          {content.text.slice(start, end)}
        </Markdown>
      </bdi>
    </div>
  )
}
