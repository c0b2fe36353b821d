import { PageHeader } from '@/components/shell/page-header'
import { Empty } from '@/components/ui/empty'

/** Not everybody reads the log; who does, and who to ask. */
export function NoLog() {
  return (
    <>
      <PageHeader heading crumbs={[{ label: 'Log' }]} />
      <Empty title="The log is not open to you">
        Auditors, administrators, approvers and reviewers read it. Ask an administrator for one of
        these roles; your own decisions show on the things that you decided.
      </Empty>
    </>
  )
}
