import { SectionHead } from '@/components/ui/section'
import { State } from '@/components/ui/state-shape'
import { RowLink, Table, Td, Tr } from '@/components/ui/table'
import { TextLink } from '@/components/ui/text-link'
import { daysBetween, type LocalDate } from '@/lib/core/time'
import type { ReviewRow } from '@/lib/reviews/queries'
import { dueInWords } from './words'

const SHOWN = 6

/** Reviews that are overdue or due within 30 days. */
export function DueReviews(props: { reviews: readonly ReviewRow[]; today: LocalDate }) {
  const due = props.reviews.filter((review) => review.due !== 'later')
  const next = props.reviews.find((review) => review.due === 'later')
  const overdue = due.filter((review) => review.due === 'overdue').length
  return (
    <section>
      <SectionHead
        title="Overdue and due"
        remark={
          due.length === 0 ? null : `${overdue} overdue, ${due.length - overdue} due within 30 days`
        }
        aside={<TextLink href="/reviews">Reviews</TextLink>}
      />
      {due.length === 0 ? (
        <p className="py-3 text-ink-2">
          No review is due within 30 days.
          {next
            ? ` The next one is ${next.agent}, ${dueInWords(daysBetween(props.today, next.dueOn))}.`
            : null}
        </p>
      ) : (
        <Table caption="Reviews that are overdue or due">
          <thead className="sr-only">
            <tr>
              <th scope="col">Risk</th>
              <th scope="col">Agent</th>
              <th scope="col">Due</th>
              <th scope="col">Version</th>
              <th scope="col">Department</th>
            </tr>
          </thead>
          <tbody>
            {due.slice(0, SHOWN).map((review) => (
              <Tr key={review.id}>
                <Td className="w-7 pr-0">
                  <State kind="risk" is={review.riskTier} hideWord />
                </Td>
                <Td className="max-w-0 truncate" title={review.agent}>
                  <RowLink href={`/reviews/${review.id}`} className="block! truncate">
                    {review.agent}
                  </RowLink>
                </Td>
                <Td className="w-[140px] whitespace-nowrap max-sm:pr-0 max-sm:text-right">
                  <span className={review.due === 'overdue' ? 'font-medium text-red' : undefined}>
                    {dueInWords(daysBetween(props.today, review.dueOn))}
                  </span>
                </Td>
                <Td quiet className="w-[24%] max-w-0 truncate max-md:hidden">
                  {review.version}, {review.runs === 1 ? '1 run' : `${review.runs} runs`}
                </Td>
                <Td quiet right className="w-[18%] max-w-0 truncate pr-0 max-sm:hidden">
                  {review.department}
                </Td>
              </Tr>
            ))}
          </tbody>
        </Table>
      )}
    </section>
  )
}
