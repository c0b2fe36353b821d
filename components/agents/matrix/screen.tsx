import Link from 'next/link'
import { PageHeader } from '@/components/shell/page-header'
import { ButtonLink } from '@/components/ui/button'
import { Empty } from '@/components/ui/empty'
import { FilterChip } from '@/components/ui/filter-chip'
import { Shape } from '@/components/ui/shape'
import { TextLink } from '@/components/ui/text-link'
import type { Matrix } from '@/lib/agents/queries/coverage'
import { AgentViews } from '../agent-views'
import { counted } from '../marks'
import { COVERAGE, CoverageCell } from './cell'
import { type MatrixPlace, matrixHref } from './place'

/** Agents against the principles in force: who states what, in which words, and what is missing. */
export function MatrixScreen(props: {
  matrix: Matrix
  place: MatrixPlace
  departments: readonly { slug: string; name: string }[]
}) {
  const { matrix, place, departments } = props
  const chosen = departments.find((one) => one.slug === place.department)
  return (
    <>
      <PageHeader
        crumbs={[{ label: 'Agents', href: '/agents' }, { label: 'Principles' }]}
        remark={`constitution ${matrix.label}`}
        heading
        views={<AgentViews current="matrix" />}
      />
      <div className="flex shrink-0 flex-wrap items-center gap-2 px-5 pt-2.5 pb-2 max-sm:px-4">
        {place.department === null ? null : (
          <FilterChip
            field="department"
            value={chosen?.name ?? place.department}
            removeHref={matrixHref({ ...place, department: null, after: '' })}
          />
        )}
        {place.gaps ? (
          <FilterChip
            field="principles"
            operator="have"
            value="gaps"
            removeHref={matrixHref({ ...place, gaps: false, after: '' })}
          />
        ) : (
          <ButtonLink
            size="small"
            tone="quiet"
            href={matrixHref({ ...place, gaps: true, after: '' })}
          >
            Only with gaps
          </ButtonLink>
        )}
        <Legend />
      </div>
      {matrix.rows.length === 0 ? (
        <Empty
          title={place.gaps ? 'No agent has a gap' : 'No agents here'}
          actions={<ButtonLink href="/agents/matrix">All agents</ButtonLink>}
        >
          <p>
            {place.gaps
              ? 'Every file that rests on the constitution states what it demands.'
              : 'Import agents to see what they state.'}
          </p>
        </Empty>
      ) : (
        <MatrixTable matrix={matrix} />
      )}
      <footer className="flex h-9 shrink-0 items-center gap-4 border-t border-line px-5 text-meta text-ink-2 max-sm:px-4">
        <p>{counted(matrix.total, 'agent')}</p>
        {place.after === '' ? null : (
          <TextLink href={matrixHref({ ...place, after: '' })}>First page</TextLink>
        )}
        {matrix.next === null ? null : (
          <TextLink href={matrixHref({ ...place, after: matrix.next })}>Next page</TextLink>
        )}
      </footer>
    </>
  )
}

function Legend() {
  return (
    <ul className="ml-auto flex flex-wrap items-center gap-x-4 gap-y-1 text-meta text-ink-2">
      {Object.values(COVERAGE).map(({ shape, ink, word }) => (
        <li key={word} className="flex items-center gap-1.5">
          <Shape name={shape} ink={ink} />
          {word}
        </li>
      ))}
      <li>
        <span className="text-ink-3">—</span> rests on no constitution
      </li>
    </ul>
  )
}

/** Scrolls by itself in both directions; head and names stay in sight. */
function MatrixTable(props: { matrix: Matrix }) {
  const { principles, rows } = props.matrix
  return (
    <section aria-label="Principles by agent" className="min-h-0 flex-1 overflow-auto">
      <table className="min-w-full border-separate border-spacing-0 text-left">
        <caption className="sr-only">What each agent states of each principle</caption>
        <thead className="sticky top-0 z-20 bg-bg">
          <tr className="[&>th]:border-b [&>th]:border-line-2 [&>th]:align-bottom">
            <th
              scope="col"
              className="sticky left-0 z-10 min-w-[230px] bg-bg pr-4 pb-1.5 pl-5 text-meta font-medium text-ink-3 max-sm:min-w-[150px] max-sm:pl-4"
            >
              Agent
            </th>
            {principles.map((principle) => (
              <th key={principle.slug} scope="col" className="w-16 min-w-16 px-1 pb-1.5">
                <Link
                  href={`/constitution?principle=${principle.slug}`}
                  prefetch={false}
                  title={principle.title}
                  className="line-clamp-3 rounded-tag text-center text-tiny font-medium text-ink-2 hover:text-ink"
                >
                  {principle.title}
                </Link>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr
              key={row.slug}
              data-row=""
              className="group/row hover:bg-hover [&>*]:border-b [&>*]:border-line"
            >
              <th
                scope="row"
                className="sticky left-0 bg-bg py-1 pr-4 pl-5 font-medium group-hover/row:bg-hover max-sm:pl-4"
              >
                <Link
                  href={`/agents/${row.slug}`}
                  prefetch={false}
                  data-row-link=""
                  title={row.slug}
                  className="block max-w-[210px] truncate rounded-tag max-sm:max-w-[130px]"
                >
                  {row.slug}
                </Link>
              </th>
              {row.cells.map((coverage, at) => {
                const principle = principles[at]
                return (
                  <td key={principle?.slug ?? at} className="h-9 text-center">
                    <CoverageCell
                      coverage={coverage}
                      agent={row.slug}
                      principle={principle?.title ?? ''}
                    />
                  </td>
                )
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
