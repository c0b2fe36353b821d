import { SectionHead } from '@/components/ui/section'
import type { ConstitutionView } from '@/lib/agents/queries/constitution'
import { SERVER_COLUMNS, TOOL_COLUMNS } from './columns'
import { isEditable, PartTable } from './part-table'
import { KeepServersList } from './plain-editors'
import { Rows } from './rows'

/** The MCP servers that are configured, and the tools that each offers. */
export function ServersScreen({ view }: { view: ConstitutionView }) {
  const { mcpServers } = view.content
  const { draft } = view
  const editable = isEditable(view)
  return (
    <div className="flex flex-col gap-6">
      {mcpServers === null ? (
        <p className="max-w-[62ch] text-ink-2">
          No list is kept, so no server is reported as unknown.
        </p>
      ) : (
        <PartTable
          view={view}
          part="mcpServers"
          caption="MCP servers that are configured"
          columns={SERVER_COLUMNS}
          rows={mcpServers}
          blank={{ name: '', class: 'read', risk: 'low', meaning: '', tools: null }}
          addLabel="Add a server"
        />
      )}
      {editable && draft ? (
        <KeepServersList
          kept={mcpServers !== null}
          draft={{ id: draft.id, revision: draft.revision }}
        />
      ) : null}
      {(mcpServers ?? []).map((server) =>
        server.tools === null ? null : (
          <section key={server.name}>
            <SectionHead
              title={`Tools of ${server.name}`}
              remark={editable ? 'edited in the document' : undefined}
            />
            <Rows caption={`Tools of ${server.name}`} columns={TOOL_COLUMNS} rows={server.tools} />
          </section>
        ),
      )}
    </div>
  )
}
