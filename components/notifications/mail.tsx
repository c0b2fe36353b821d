'use client'

import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Segmented } from '@/components/ui/choices'
import { SectionHead } from '@/components/ui/section'
import { Table, TableHead, Td, Th, Tr } from '@/components/ui/table'
import { Time } from '@/components/ui/time'
import type { Clock } from '@/components/ui/time-words'
import { useAction } from '@/components/ui/use-action'
import { preferMail, resendMail } from '@/lib/notifications/actions'
import type { MailRow } from '@/lib/notifications/queries'

const CHOICES = [
  { value: 'digest', label: 'One mail for what gathers' },
  { value: 'none', label: 'No mail' },
] as const

/** Which mail the reader gets; for who keeps the installation, what could not be delivered. */
export function Mail(props: {
  wanted: 'digest' | 'none'
  configured: boolean
  /** Null: the reader may not see it. */
  stuck: readonly MailRow[] | null
  clock: Clock
}) {
  const [wanted, setWanted] = useState<string>(props.wanted)
  const action = useAction(preferMail)
  const choose = (value: string) => {
    setWanted(value)
    void action.send({ wanted: value })
  }
  return (
    <section aria-labelledby="mail" className="pt-8">
      <SectionHead title="Mail" id="mail" />
      <div className="pt-3">
        <Segmented name="mail" label="Mail" choices={CHOICES} value={wanted} onChange={choose} />
        <p className="max-w-[62ch] pt-1.5 text-meta text-ink-3">
          {props.configured
            ? 'A mail only shows; deciding happens here.'
            : 'No mail server is set (CHANCERY_SMTP_URL, CHANCERY_MAIL_FROM), so nothing is mailed. Notices stand in the console.'}
        </p>
        {action.failure ? (
          <p role="alert" className="pt-1 text-meta text-red">
            {action.failure.message}
          </p>
        ) : null}
      </div>
      {props.stuck && props.stuck.length > 0 ? (
        <div className="pt-4">
          <Table caption="Mails that could not be delivered">
            <TableHead>
              <Th>To</Th>
              <Th>Subject</Th>
              <Th className="max-sm:hidden">The server said</Th>
              <Th className="max-sm:hidden">Since</Th>
              <Th right>
                <span className="sr-only">Send again</span>
              </Th>
            </TableHead>
            <tbody>
              {props.stuck.map((row) => (
                <Stuck key={row.id} row={row} clock={props.clock} />
              ))}
            </tbody>
          </Table>
        </div>
      ) : null}
    </section>
  )
}

function Stuck(props: { row: MailRow; clock: Clock }) {
  const { row } = props
  const action = useAction(resendMail)
  return (
    <Tr>
      <Td>
        <bdi>{row.to}</bdi>
      </Td>
      <Td className="break-words">{row.subject}</Td>
      <Td quiet className="break-words max-sm:hidden">
        {row.lastError}
      </Td>
      <Td quiet className="whitespace-nowrap max-sm:hidden">
        <Time at={row.createdAt} clock={props.clock} />
      </Td>
      <Td right>
        <Button
          size="small"
          pending={action.pending}
          aria-label={`Send ${row.subject} to ${row.to} again`}
          onClick={() => void action.send({ mailId: row.id })}
        >
          Send again
        </Button>
      </Td>
    </Tr>
  )
}
