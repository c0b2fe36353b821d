'use client'

import { ShieldCheck } from 'lucide-react'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Modal } from '@/components/ui/dialog'
import type { VerifyReport } from '@/lib/audit/report'
import { verifyLog } from '@/lib/inbox/actions'

/** Recomputes the whole log on the server and shows every step; leaves the fact that it was done. */
export function VerifyAll() {
  const [pending, setPending] = useState(false)
  const [report, setReport] = useState<VerifyReport | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const verify = async () => {
    setPending(true)
    setProblem(null)
    const result = await verifyLog().catch(() => null)
    setPending(false)
    if (result?.ok) setReport(result.value)
    else setProblem(result ? result.error.message : 'The server did not answer.')
  }
  return (
    <>
      {problem ? (
        <span role="alert" className="text-meta text-red">
          {problem}
        </span>
      ) : null}
      <Button
        icon={<ShieldCheck aria-hidden="true" size={14} strokeWidth={1.75} />}
        pending={pending}
        onClick={() => void verify()}
      >
        {pending ? 'Recomputing' : 'Verify all'}
      </Button>
      <Modal
        open={report !== null}
        onClose={() => setReport(null)}
        label="Verification"
        className="w-[640px]"
      >
        {report ? <Report report={report} close={() => setReport(null)} /> : null}
      </Modal>
    </>
  )
}

const TITLE = {
  verified: 'The log is complete and unaltered',
  tampered: 'The log was altered',
  inconclusive: 'Nothing is wrong, but nothing outside was there to compare with',
} as const

function Report(props: { report: VerifyReport; close: () => void }) {
  const { report } = props
  return (
    <div className="flex flex-col gap-3 px-4 py-4">
      <h2 className={`text-title ${report.verdict === 'tampered' ? 'text-red' : ''}`}>
        {TITLE[report.verdict]}
      </h2>
      <p className="text-ink-2">{report.sentence}</p>
      <ul>
        {report.steps.map((step) => (
          <li key={step.name} className="border-b border-line py-1.5">
            <span className={step.ok ? 'text-grn' : 'font-medium text-red'}>
              {step.ok ? 'holds' : 'fails'}
            </span>{' '}
            <span className="font-medium">{step.name}</span>{' '}
            <span className="text-ink-2">{step.line}</span>
          </li>
        ))}
      </ul>
      <div className="text-meta text-ink-3">
        {report.notChecked.map((what) => (
          <p key={what}>Not checked: {what}</p>
        ))}
      </div>
      <div className="flex justify-end">
        <Button onClick={props.close} keys="Esc">
          Close
        </Button>
      </div>
    </div>
  )
}
