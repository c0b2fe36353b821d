import { fileStem, plainAgent, slugOf, textAt, valueAt } from './agent'
import { confinementOf } from './confinement'
import { isCursorRule, readCursorRule } from './cursor-rule'
import type { Format } from './model'
import { modelThere } from './models'

/** Cursor: sub-agents as Markdown; rules (`.mdc`) are read as instructions. */
export const cursor: Format = {
  label: 'Cursor',
  holds: ['background', 'confinement'],
  keys: ['name', 'description', 'model', 'readonly', 'is_background'],
  read: (definition, report) => {
    if (isCursorRule(definition)) return readCursorRule(definition, report)
    const agent = plainAgent(definition)
    return {
      ...agent,
      name: agent.name ?? fileStem(definition),
      tools: null,
      denied: [],
      model: textAt(definition, 'model'),
      background: valueAt(definition, 'is_background') === true,
      confinement: valueAt(definition, 'readonly') === true ? 'read-only' : null,
    }
  },
  write: (agent, report) => {
    const name = slugOf(agent, report)
    const readonly = confinementOf(agent, 'Cursor', report) === 'read-only'
    return {
      fields: [
        ['name', name],
        ['description', agent.description],
        [
          'model',
          modelThere(
            agent,
            {
              label: 'Cursor',
              offers: /^(?:fast|(?:claude|gpt|gemini|grok|composer|o\d)[\w.-]*)$/,
            },
            report,
          ),
        ],
        ['readonly', readonly ? true : null],
        ['is_background', agent.background ? true : null],
      ],
      folder: '.cursor/agents',
      fileName: `${name}.md`,
    }
  },
}
