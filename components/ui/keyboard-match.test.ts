import { describe, expect, test } from 'vitest'
import {
  caps,
  isSingleKey,
  type KeyPress,
  pressName,
  type ScopedBinding,
  step,
} from './keyboard-match'

const press = (key: string, held: Partial<KeyPress> = {}): KeyPress => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...held,
})
const binding = (keys: string, scope = 'everywhere'): ScopedBinding => ({
  keys,
  scope,
  label: keys,
  run: () => undefined,
})

describe('the name of a press', () => {
  test.each([
    [press('a'), 'a'],
    [press('A', { shiftKey: true }), 'shift+a'],
    [press('?', { shiftKey: true }), '?'],
    [press('k', { ctrlKey: true }), 'mod+k'],
    [press('k', { metaKey: true }), 'mod+k'],
    [press('Enter', { metaKey: true }), 'mod+enter'],
    [press('Escape'), 'escape'],
    [press('ArrowDown'), 'arrowdown'],
  ])('%o', (given, name) => {
    expect(pressName(given)).toBe(name)
  })

  test('a letter with Alt is never a shortcut', () => {
    expect(pressName(press('a', { altKey: true }))).toBeNull()
    expect(pressName(press('F4', { altKey: true }))).toBeNull()
  })

  test('a bracket is a bracket where the layout needs Alt Gr or Option for it', () => {
    expect(pressName(press('[', { altKey: true, ctrlKey: true }))).toBe('[')
    expect(pressName(press(']', { altKey: true }))).toBe(']')
  })

  test('a modifier alone means nothing', () => {
    expect(pressName(press('Shift', { shiftKey: true }))).toBeNull()
  })
})

describe('a step', () => {
  const bindings = [binding('g i'), binding('g a'), binding('a'), binding('?')]

  test('a sequence waits for its second key', () => {
    expect(step('', 'g', bindings)).toEqual({ kind: 'wait', pressed: 'g' })
    const second = step('g', 'i', bindings)
    expect(second.kind === 'run' && second.binding.keys).toBe('g i')
  })

  test('inside a sequence a key does not mean what it means alone', () => {
    const second = step('g', 'a', bindings)
    expect(second.kind === 'run' && second.binding.keys).toBe('g a')
  })

  test('a press that breaks a sequence is read again as a first press', () => {
    const broken = step('g', '?', bindings)
    expect(broken.kind === 'run' && broken.binding.keys).toBe('?')
    expect(step('g', 'q', bindings)).toEqual({ kind: 'none' })
  })

  test('the screen’s own meaning wins over the product’s', () => {
    const found = step('', 'a', [...bindings, binding('a', 'Inbox')])
    expect(found.kind === 'run' && found.binding.scope).toBe('Inbox')
  })
})

test('the off switch turns off what can be typed by accident, and only that', () => {
  expect(['a', 'g i', '?', '/'].every(isSingleKey)).toBe(true)
  expect(['mod+k', 'mod+enter', 'escape'].some(isSingleKey)).toBe(false)
})

test('caps are printed for the keyboard in front of the reader', () => {
  expect(caps('g i', true)).toEqual(['G', 'I'])
  expect(caps('mod+k', true)).toEqual(['⌘K'])
  expect(caps('mod+k', false)).toEqual(['Ctrl K'])
})
