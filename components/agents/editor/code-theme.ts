import { HighlightStyle, syntaxHighlighting } from '@codemirror/language'
import { EditorView } from '@codemirror/view'
import { tags } from '@lezer/highlight'

const MONO = '"IBM Plex Mono", ui-monospace, monospace'

/** The editor in the colours and measures of the product; the variables follow the theme. */
export const codeTheme = EditorView.theme({
  '&': { height: '100%', color: 'var(--ink)', backgroundColor: 'var(--bg)', fontSize: '12.5px' },
  '&.cm-focused': { outline: 'none' },
  '&.cm-focused:focus-within': { boxShadow: 'inset 2px 0 0 var(--acc)' },
  '.cm-scroller': { fontFamily: MONO, lineHeight: '20px' },
  '.cm-content': { caretColor: 'var(--ink)', padding: '8px 0 40vh' },
  '.cm-line': { padding: '0 20px 0 6px' },
  '.cm-gutters': { backgroundColor: 'var(--bg)', color: 'var(--ink-3)', border: 'none' },
  '.cm-lineNumbers .cm-gutterElement': { padding: '0 8px 0 4px', minWidth: '36px' },
  '.cm-findings .cm-gutterElement': { width: '28px', padding: '4px 0 0 8px' },
  '.cm-activeLine': { backgroundColor: 'color-mix(in srgb, var(--hover) 50%, transparent)' },
  '.cm-activeLineGutter': { backgroundColor: 'transparent', color: 'var(--ink)' },
  '.cm-cursor': { borderLeftColor: 'var(--ink)', borderLeftWidth: '1.5px' },
  '.cm-selectionBackground, &.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground':
    { backgroundColor: 'var(--sel)' },
  '.cm-searchMatch': { backgroundColor: 'var(--amb-soft)', outline: '1px solid var(--amb-edge)' },
  '.cm-searchMatch-selected': { backgroundColor: 'var(--amb-edge)' },
  '.cm-lintRange': { backgroundImage: 'none', textUnderlineOffset: '3px' },
  '.cm-lintRange-error': { textDecoration: 'underline wavy var(--red) 1px' },
  '.cm-lintRange-warning': { textDecoration: 'underline wavy var(--amb-mark) 1px' },
  '.cm-lintRange-info': { textDecoration: 'underline dotted var(--ink-3) 1px' },
  '.cm-lintPoint::after': { display: 'none' },
  '.cm-tooltip': {
    backgroundColor: 'var(--raise)',
    border: '1px solid var(--line)',
    borderRadius: '6px',
    boxShadow: '0 1px 2px var(--float), 0 12px 32px var(--float-far)',
    maxWidth: '460px',
  },
  '.cm-diagnostic': { padding: '6px 10px', border: 'none', fontFamily: 'inherit' },
  '.cm-diagnosticAction': {
    backgroundColor: 'var(--bg)',
    color: 'var(--ink)',
    border: '1px solid var(--line-2)',
    borderRadius: '4px',
    padding: '1px 8px',
    margin: '4px 0 0',
  },
  '.cm-diagnosticRule': {
    marginLeft: '4px',
    marginRight: '8px',
    whiteSpace: 'nowrap',
    color: 'var(--acc)',
    fontFamily: MONO,
  },
  '.cm-tooltip.cm-tooltip-autocomplete > ul': {
    fontFamily: MONO,
    fontSize: '12px',
    lineHeight: '16px',
    maxHeight: '16em',
    minWidth: '260px',
  },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li': { padding: '4px 8px', color: 'var(--ink)' },
  '.cm-tooltip-autocomplete ul li[aria-selected]': {
    background: 'var(--sel)',
    color: 'var(--ink)',
  },
  '.cm-completionMatchedText': { textDecoration: 'none', fontWeight: '600' },
  '.cm-completionDetail': {
    marginLeft: '12px',
    color: 'var(--ink-2)',
    fontStyle: 'normal',
    fontFamily: 'inherit',
  },
  '.cm-panels': {
    backgroundColor: 'var(--code)',
    color: 'var(--ink)',
    borderColor: 'var(--line)',
    fontSize: '13px',
  },
  '.cm-panel.cm-search': { padding: '6px 32px 6px 12px' },
  '.cm-panel.cm-search input, .cm-panel.cm-search button, .cm-panel.cm-search label': {
    fontSize: '12px',
    lineHeight: '16px',
  },
  '.cm-panel.cm-search [name=close]': { fontSize: '16px', right: '10px', color: 'var(--ink-2)' },
  '.cm-textfield': {
    backgroundColor: 'var(--bg)',
    border: '1px solid var(--ctl)',
    borderRadius: '4px',
    padding: '2px 6px',
  },
  '.cm-button': {
    backgroundColor: 'var(--bg)',
    backgroundImage: 'none',
    border: '1px solid var(--line-2)',
    borderRadius: '4px',
    padding: '1px 8px',
  },
})

/** Few signs: keys in the accent, headings heavier, marks of the language quiet. No italics. */
export const codeHighlight = syntaxHighlighting(
  HighlightStyle.define([
    { tag: tags.heading, fontWeight: '600' },
    { tag: tags.strong, fontWeight: '600' },
    { tag: [tags.propertyName, tags.definition(tags.propertyName)], color: 'var(--acc)' },
    { tag: [tags.link, tags.url], color: 'var(--acc)' },
    { tag: [tags.comment, tags.processingInstruction, tags.meta], color: 'var(--ink-3)' },
    { tag: [tags.monospace, tags.quote], color: 'var(--ink-2)' },
  ]),
)
