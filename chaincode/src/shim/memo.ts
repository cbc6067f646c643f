/**
 * Remembers the results of a pure function by its text argument, the newest `size` of them. The answer is the same with
 * or without it, so peers still agree; it only spares parsing the same bytes again.
 */
export function memoize<T>(size: number, compute: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>();
  return (text) => {
    const before = known.get(text);
    if (before !== undefined) return before;
    const fresh = compute(text);
    const oldest = known.size < size ? undefined : known.keys().next().value;
    if (oldest !== undefined) known.delete(oldest);
    known.set(text, fresh);
    return fresh;
  };
}
