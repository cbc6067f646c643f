import type { Problem } from '@yici/api';
import {
  issueWords,
  padded,
  refusalWords,
  refusedIssue,
  type Act,
  type Language,
  type Names,
} from '@yici/domain/model';
import type { Request } from 'express';
import { z } from 'zod';
import { gatewayErrorWords } from '../error-words/index.js';
import { GatewayError, type ContractError } from '../errors.js';
import type { IndexReader } from '../index-store/reader.js';

/** In which language an answer is given, and the names that the index knows. */
export interface Wording {
  readonly language: Language;
  readonly names: Names;
}

/** The language that is asked for by Accept-Language (RFC 9110 12.5.4); Chinese where none is, or neither of the two. */
export const languageOf = (request: Request): Language =>
  request.acceptsLanguages('zh', 'en') === 'en' ? 'en' : 'zh';

export function wordingOf(request: Request, index: Pick<IndexReader, 'record'>): Wording {
  const language = languageOf(request);
  return { language, names: namesIn(language, index) };
}

/** What the index calls what a refusal names. */
export const namesIn = (language: Language, index: Pick<IndexReader, 'record'>): Names => ({
  department: (id) => index.record('department', id)?.name[language],
  dataset: (id) => index.record('dataset', id)?.name[language],
  matter: (taskCode) => {
    const head = index.record('matterHead', taskCode);
    const version = head && padded(head.published ?? head.latest);
    return version && index.record('matter', taskCode, version)?.content.name[language];
  },
});

/** What a problem says to a person. */
type Told = Pick<Problem, 'title' | 'detail' | 'next' | 'errors'>;

/** A refusal in words: what is wrong, what to do now, and the acts that come next. */
export function told(error: GatewayError | ContractError, wording: Wording): Told {
  return error instanceof GatewayError ? toldByGateway(error, wording) : toldByRule(error, wording);
}

const ruleTitle: Readonly<Record<Language, string>> = {
  zh: '不符合办理规则',
  en: 'Refused by a rule',
};

function toldByRule({ code, details, message }: ContractError, wording: Wording): Told {
  const { language, names } = wording;
  const title = ruleTitle[language];
  const words = refusalWords({ code, details }, language, names);
  // A code of a newer contract, in the contract's own words.
  if (words === undefined) return { title, detail: message };
  const { sentence, next, acts } = words;
  return { title, detail: sentences(sentence, next, language), ...nextOf(acts) };
}

const nextOf = (acts: readonly Act[]): Pick<Problem, 'next'> =>
  acts.length === 0 ? {} : { next: acts.map((act) => ({ ...act })) };

const sentences = (sentence: string, next: string, language: Language): string =>
  language === 'zh' ? `${sentence}${next}` : `${sentence} ${next}`.trim();

function toldByGateway(error: GatewayError, { language, names }: Wording): Told {
  const { what, next } = gatewayErrorWords[error.code];
  const title = plain(what[language]);
  const issues = issuesOf(error);
  if (issues.length > 0) {
    const errors = issues.map((issue) => ({ ...issue, message: issueWords(issue, language) }));
    const words = refusalWords({ code: 'VALIDATION_FAILED', details: { issues } }, language, names);
    return { title, detail: words?.sentence ?? title, errors };
  }
  // The English message tells the instance; of internal errors only the log does.
  const said = language === 'en' && error.code !== 'INTERNAL' ? error.message : title;
  return { title, detail: sentences(said, plain(next[language]), language) };
}

/** Backticks are for the documents. */
const plain = (words: string): string => words.replaceAll('`', '');

const issuesSchema = z.looseObject({ errors: z.array(refusedIssue) });

function issuesOf({ details }: GatewayError) {
  const parsed = issuesSchema.safeParse(details);
  return parsed.success ? parsed.data.errors : [];
}
