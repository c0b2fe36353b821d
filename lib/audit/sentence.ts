import { CATALOGUE, isAction } from './catalogue'
import type { Leaf } from './model'

/** Who and what the ids of a fact are called; undefined where no name is known. */
export type NameOf = (type: string, id: string) => string | undefined

/** The slots of a sentence template: `{actor}`, a target type, or a field of `data`. */
export function slotsOf(template: string): string[] {
  return Array.from(template.matchAll(/\{([a-z_0-9]+)\}/g), (match) => match[1] ?? '')
}

/**
 * The sentence of a fact for people. Ids without a name are shown by their last eight digits
 * (UUIDv7 begin alike); an action that this version does not know is shown by its name.
 */
export function sentenceOf(
  leaf: Pick<Leaf, 'act' | 'actor' | 'tgt' | 'd'>,
  nameOf: NameOf,
): string {
  if (!isAction(leaf.act)) return leaf.act
  return CATALOGUE[leaf.act].say.replaceAll(/\{([a-z_0-9]+)\}/g, (_, slot: string) => {
    if (slot === 'actor') return named(leaf.actor.t, leaf.actor.id, nameOf)
    const target = leaf.tgt.find((candidate) => candidate.t === slot)
    if (target) return named(target.t, target.id, nameOf)
    const value = leaf.d[slot]
    return value === undefined || value === null ? '–' : String(value).replaceAll('_', ' ')
  })
}

function named(type: string, id: string, nameOf: NameOf): string {
  return nameOf(type, id) ?? `${type} ${id.slice(-8)}`
}
