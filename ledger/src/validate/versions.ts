import type { Version } from '../rwset/model.js';

/** Whether two heights are equal; absent equals only absent. */
export function sameVersion(left: Version | undefined, right: Version | undefined): boolean {
  if (left === undefined || right === undefined) return left === right;
  return left.block === right.block && left.tx === right.tx;
}
