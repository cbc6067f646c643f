import type { CaseRecord, MatterContent } from '@yici/domain/model';
import { useRead } from '../../session/reads.js';
import { useWords } from '../../words/language.js';

/** The version of the matter by which a case is handled; undefined until it is there. */
export function useMatterOf({ taskCode, matterVersion }: CaseRecord): MatterContent | undefined {
  return useRead('matters.version', { taskCode, version: matterVersion }).data?.content;
}

/** What the matter calls the steps of a case; versions from before steps had names leave their ids. */
export function useStepNames(record: CaseRecord): (id: string) => string {
  const { say } = useWords();
  const matter = useMatterOf(record);
  return (id) => say(matter?.flow.find((step) => step.id === id)?.name) || id;
}
