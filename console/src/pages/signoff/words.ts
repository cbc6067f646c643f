import type { SignoffLine, SignoffRound } from '@yici/api';
import { roleWords } from '@yici/domain/model';
import type { Language } from '@yici/domain/model';

type Office = SignoffLine['levels'][number];

/** An office by its role, and its section where it names one. */
export const officeText = ({ role, section }: Office, language: Language): string =>
  section === undefined ? roleWords[role][language] : `${roleWords[role][language]}（${section}）`;

/** Who took a step, and for whom under a delegation (AB岗). */
export const signerText = ({ user, for: absent }: SignoffRound['by']): string =>
  absent === undefined ? user : `${user} → ${absent}`;

/** Which of the levels acts now. */
export function placeIn({ level, levels }: SignoffLine): 'first' | 'between' | 'last' {
  if (level === 0) return 'first';
  return level === levels.length - 1 ? 'last' : 'between';
}
