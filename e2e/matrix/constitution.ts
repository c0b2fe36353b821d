import {
  proposeConstitution,
  withdrawConstitution,
} from '@/lib/agents/commands/propose-constitution'
import { recheckCatalog } from '@/lib/agents/commands/recheck'
import { base64 } from '@/lib/agents/testing/definitions'
import {
  discardConstitutionDraft,
  importConstitution,
  openConstitutionDraft,
  saveConstitutionData,
  saveConstitutionDraft,
} from '@/lib/constitution/commands/draft'
import { constitutionDocument } from '@/lib/constitution/queries'
import type { Row } from './row'
import { once } from './world'

/** The draft of the constitution, opened by somebody and proposed by nobody. */
const drafted = once(async (world) => {
  const { value } = await openConstitutionDraft.execute(world.here.admin, {})
  return { draftId: value.draftId, revision: value.revision }
})

const editor = {
  place: 'installation',
  roles: ['administrator', 'approver'],
  system: false,
} as const

export const CONSTITUTION_ROWS: readonly Row[] = [
  { command: openConstitutionDraft, ...editor, input: () => ({}) },
  {
    command: saveConstitutionDraft,
    ...editor,
    input: async ({ world }) => {
      const draft = await drafted(world)
      const { bytes } = await constitutionDocument('draft')
      return { ...draft, bytes: base64(`${Buffer.from(bytes).toString()}\nMore.\n`) }
    },
  },
  {
    command: saveConstitutionData,
    ...editor,
    input: async ({ world }) => ({ ...(await drafted(world)), data: { fillers: ['as needed'] } }),
  },
  {
    command: importConstitution,
    ...editor,
    input: async ({ world }) => ({
      bytes: base64('# Rules\n\n## Principle I: Library first\n\nAlone.\n'),
      draft: await drafted(world),
    }),
  },
  { command: discardConstitutionDraft, ...editor, input: ({ world }) => drafted(world) },
  {
    command: proposeConstitution,
    ...editor,
    input: async ({ world }) => ({ ...(await drafted(world)), message: 'The audit asked.' }),
  },
  {
    command: withdrawConstitution,
    ...editor,
    // Nobody has proposed it.
    ends: 'conflict',
    input: async ({ world }) => ({ draftId: (await drafted(world)).draftId }),
  },
  {
    command: recheckCatalog,
    place: 'installation',
    roles: [],
    system: true,
    input: () => ({ published: false }),
  },
]
