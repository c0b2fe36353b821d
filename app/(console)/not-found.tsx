import type { Metadata } from 'next'
import { NothingHere } from '@/components/shell/nothing-here'

export const metadata: Metadata = { title: 'Not found' }

/** Inside the frame: who lost their way keeps the navigation. */
export default function ConsoleNotFound() {
  return <NothingHere />
}
