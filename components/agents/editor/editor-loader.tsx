'use client'

import dynamic from 'next/dynamic'
import { SkeletonRows } from '@/components/ui/skeleton'
import type { EditorProps } from './editor-props'

/** The editor is large and only this screen needs it: it is fetched when the screen is there. */
const Loaded = dynamic(() => import('./editor').then((module) => module.Editor), {
  ssr: false,
  loading: () => <SkeletonRows rows={14} height={36} />,
})

export function EditorLoader(props: EditorProps) {
  return <Loaded {...props} />
}
