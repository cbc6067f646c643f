import type { InboxItem } from '@yici/api';
import type { useWords } from '../../words/language.js';

type Say = ReturnType<typeof useWords>['say'];

/** A step by what its matter calls it, or the data set whose attestation is waited for. */
export function stepText({ step, stepName, datasetId, datasetName }: InboxItem, say: Say): string {
  return say(stepName) || (step === datasetId ? say(datasetName) : '') || (step ?? '');
}
