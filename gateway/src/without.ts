/** A copy of an object without one of its fields. */
export function without<T extends object, K extends keyof T>(value: T, field: K): Omit<T, K> {
  const copy: T = { ...value };
  Reflect.deleteProperty(copy, field);
  return copy;
}
