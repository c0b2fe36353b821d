/** The columns of the catalog beside risk and name, in their order. */
export const CATALOG_COLUMNS = [
  'department',
  'state',
  'live',
  'digest',
  'pending',
  'findings',
  'review',
  'owner',
  'sponsor',
  'model',
  'tools',
  'mcp',
] as const
export type CatalogColumn = (typeof CATALOG_COLUMNS)[number]

/** What is shown until somebody chooses otherwise. */
export const DEFAULT_COLUMNS: readonly CatalogColumn[] = CATALOG_COLUMNS.slice(0, 8)

type Column = {
  label: string
  /** Share of the width in px: the table is laid out once, so rows may come and go. */
  width: number
  /** Where the column is left out for want of room. */
  className?: string
  right?: boolean
}

export const COLUMNS: Record<CatalogColumn, Column> = {
  department: { label: 'Department', width: 128, className: 'max-sm:hidden' },
  state: { label: 'State', width: 118, className: 'max-sm:hidden' },
  live: { label: 'Live', width: 64, className: 'max-md:hidden', right: true },
  digest: { label: 'Digest', width: 130, className: 'max-md:hidden' },
  pending: { label: 'Pending', width: 104, className: 'max-lg:hidden' },
  findings: { label: 'Findings', width: 132 },
  review: { label: 'Next review', width: 112, className: 'max-sm:hidden' },
  owner: { label: 'Owner', width: 140, className: 'max-lg:hidden' },
  sponsor: { label: 'Sponsor', width: 140, className: 'max-lg:hidden' },
  model: { label: 'Model', width: 120, className: 'max-lg:hidden' },
  tools: { label: 'Tools', width: 180, className: 'max-lg:hidden' },
  mcp: { label: 'MCP servers', width: 140, className: 'max-lg:hidden' },
}
