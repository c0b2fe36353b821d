import { KeyHint } from '@/components/ui/key-hint'

/** The keys of the list, as they are printed under it. */
export function CatalogHints() {
  return (
    <span className="flex items-center gap-1.5 text-ink-2 max-md:hidden">
      <KeyHint keys="J" />
      <KeyHint keys="K" /> move
      <KeyHint keys="↵" className="ml-1.5" /> open
      <KeyHint keys="X" className="ml-1.5" /> select
      <KeyHint keys="E" className="ml-1.5" /> edit draft
    </span>
  )
}
