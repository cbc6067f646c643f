/** The values that are there: under exactOptionalPropertyTypes an optional property cannot be undefined. */
export function present<T extends object>(
  values: T,
): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(
    Object.entries(values).filter(([, value]) => value !== undefined),
    // Only the undefined ones were taken out.
  ) as { [K in keyof T]?: Exclude<T[K], undefined> };
}
