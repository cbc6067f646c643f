import type { z } from 'zod';
import type { StateStore, StoreChange } from './state-store.js';

/** The value of a key as JSON of a schema; undefined when the store does not have the key. */
export function readJson<T>(
  store: Pick<StateStore, 'get'>,
  key: string,
  schema: z.ZodType<T>,
): T | undefined {
  const text = store.get(key);
  return text === undefined ? undefined : schema.parse(JSON.parse(text));
}

export const putJson = (key: string, value: unknown): StoreChange => ({
  type: 'put',
  key,
  value: JSON.stringify(value),
});
