import type { MatterRecord } from '@yici/domain/model';
import { useMemo } from 'react';
import { useAct } from '../../signing/act.js';
import { useWords } from '../../words/language.js';
import { Filing } from './filing.js';

/** A single matter: one case. */
export function FileMatter({ matter }: { readonly matter: MatterRecord }) {
  const { say } = useWords();
  const act = useAct();
  const { taskCode, version: matterVersion, content } = matter;
  const { name, materials, formFields = [] } = content;
  const asked = useMemo(
    () =>
      materials
        .filter(({ source }) => source === 'applicant')
        .map(({ tolerable, datasetId, ...one }) => ({
          ...one,
          mayFollow: tolerable || datasetId !== undefined,
        })),
    [materials],
  );
  const held = materials.filter(({ source }) => source === 'sharing');
  return (
    <Filing
      code={taskCode}
      title={say(name)}
      fields={formFields}
      asked={asked}
      held={held.map((one) => one.name)}
      onFile={async (filed) => {
        const committed = await act('case.submit', { taskCode, matterVersion, ...filed });
        return committed && `/cases/${String(committed.input['caseNo'])}`;
      }}
    />
  );
}
