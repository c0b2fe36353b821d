'use client'

import { useRouter } from 'next/navigation'
import { useKeys } from '@/components/ui/keyboard'
import { moveRow, openRow, tickRow } from './list-keys'
import { MORE_PLACES, PLACES } from './shell-data'

const ALL = [...PLACES, ...MORE_PLACES]

/** The keys that mean the same on every screen: G then a letter, and moving over rows. */
export function PlaceKeys() {
  const router = useRouter()
  useKeys(
    'Go to',
    ALL.map((place) => ({
      keys: `g ${place.go}`,
      label: place.label,
      run: () => router.push(place.href),
    })),
  )
  useKeys('Lists', [
    { keys: 'j', label: 'Next row', run: () => moveRow(1) },
    { keys: 'k', label: 'Row before', run: () => moveRow(-1) },
    { keys: 'o', label: 'Open the row', run: openRow },
    { keys: 'x', label: 'Select the row', run: tickRow },
  ])
  return null
}
