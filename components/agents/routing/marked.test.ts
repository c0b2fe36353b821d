import { expect, test } from 'vitest'
import { markedParts } from './marked'

test('the parts are the text, and what several places share is marked once', () => {
  const text = 'Plan the berth plan'
  const places = [
    { start: 9, end: 14 },
    { start: 0, end: 4 },
    { start: 2, end: 8 },
    { start: 15, end: 99 },
  ]
  const parts = markedParts(text, places)
  expect(parts).toEqual([
    { text: 'Plan the', marked: true, start: 0 },
    { text: ' ', marked: false, start: 8 },
    { text: 'berth', marked: true, start: 9 },
    { text: ' ', marked: false, start: 14 },
    { text: 'plan', marked: true, start: 15 },
  ])
  expect(parts.map((part) => part.text).join('')).toBe(text)
  expect(markedParts('', [])).toEqual([])
})
