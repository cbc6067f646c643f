/**
 * Sentences with slots: `{name}` is filled in, and a clause in `[…]` is left out when a slot in it has no value.
 */

/** The value of a slot as it is to be read; undefined when there is none. */
export type Slot = (name: string) => string | undefined;

const slots = /\{([A-Za-z.]+)\}/g;

/** The names of a template's slots. */
export const slotsOf = (template: string): string[] =>
  [...template.matchAll(slots)].map(([, name = '']) => name);

/** A template with its slots filled in; one outside a clause that has no value shows as `unknown`. */
export function filled(template: string, slot: Slot, unknown: string): string {
  const whole = template.replace(/\[([^[\]]*)\]/g, (_, clause: string) =>
    slotsOf(clause).every((name) => slot(name) !== undefined) ? clause : '',
  );
  return whole.replace(slots, (_, name: string) => slot(name) ?? unknown).trim();
}
