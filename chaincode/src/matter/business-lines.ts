import type { MatterRecord } from './records';

/** The lines of business (业务条线) that matters and their steps have: they are in no register, so that these are what there is to choose from. */
export function businessLinesIn(matters: readonly Pick<MatterRecord, 'content'>[]): string[] {
  const all = matters.flatMap(({ content }) => [content, ...content.flow]);
  return [...new Set(all.flatMap(({ businessLine: line }) => line ?? []))].sort();
}
