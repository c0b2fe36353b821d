import { Views } from '@/components/shell/page-header'

const VIEWS = [
  { key: 'list', label: 'List', href: '/agents' },
  { key: 'departments', label: 'Departments', href: '/departments' },
  { key: 'matrix', label: 'Principles', href: '/agents/matrix' },
  { key: 'reach', label: 'Reach', href: '/agents/reach' },
  { key: 'routing', label: 'Routing', href: '/agents/routing' },
] as const

/** The renderings of the catalog, as words in the top bar. */
export function AgentViews(props: { current: (typeof VIEWS)[number]['key'] }) {
  return (
    <Views
      views={VIEWS.map(({ key, label, href }) => ({
        label,
        href,
        current: key === props.current,
      }))}
    />
  )
}
