import { shanghaiDate, type Words } from '@yici/domain/model';
import type { PaperCode } from './code.js';
import type { Fields } from './fields.js';
import type { PaperKind } from './kinds.js';

export type Language = 'zh' | 'en';

/** What a paper is made of, all of it from the ledger but the text of reasons, which was held against its digest there. */
export interface Sources {
  readonly lang: Language;
  /** Names of departments. */
  readonly nameOf: (department: string) => Words;
  readonly genesis: string;
}
/** A paper before it is laid out. */
export interface Paper {
  readonly kind: PaperKind;
  readonly lang: Language;
  readonly fields: Fields;
  /** Absent in a draft, which is about no record yet. */
  readonly code?: PaperCode;
  /** The instant of the act: the only time that the paper bears. */
  readonly at: string;
}

/** The paper of an act on the ledger, to which its code leads. */
export interface RecordedPaper extends Paper {
  readonly code: PaperCode;
}

export const signedBy = (
  sources: Sources,
  { department, user }: { readonly department: string; readonly user: string },
  at: string,
) => ({ organ: sources.nameOf(department)[sources.lang], signer: user, day: dayOf(sources, at) });

export const dayOf = ({ lang }: Pick<Sources, 'lang'>, instant: string): string =>
  written(lang, shanghaiDate(instant));

/** `2026年3月2日` of a day. */
export function written(lang: Language, date: string): string {
  const [year = 0, month = 0, day = 0] = date.split('-').map(Number);
  return lang === 'en' ? date : `${String(year)}年${String(month)}月${String(day)}日`;
}

export const daysIn = (limit: { readonly value: number } | undefined): string =>
  limit === undefined || limit.value === 0 ? '' : String(limit.value);
