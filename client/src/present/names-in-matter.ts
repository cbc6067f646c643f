import type { MatterContent, MatterRecord, Words } from '@yici/domain/model';
import type { Names } from '@yici/terminal';

const named = (all: readonly (readonly [string, Words | undefined])[]) =>
  new Map(all.flatMap(([id, name]) => (name === undefined ? [] : [[id, name] as const])));

/** What a matter's version calls its materials, the fields of its form, and its steps where they have names. */
export const namesInMatter = ({ materials, formFields = [], flow }: MatterContent): Names => ({
  material: named(materials.map(({ code, name }) => [code, name])),
  field: named(formFields.map(({ code, name }) => [code, name])),
  step: named(flow.map(({ id, name }) => [id, name])),
});

/** What matters are called, and the steps of each. */
export const namesOfMatters = (matters: readonly MatterRecord[]): Names => ({
  matter: named(matters.map(({ taskCode, content }) => [taskCode, content.name])),
  matterStep: named(
    matters.flatMap(({ taskCode, content }) =>
      content.flow.map(({ id, name }) => [`${taskCode} ${id}`, name] as const),
    ),
  ),
});
