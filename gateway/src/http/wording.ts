import type { Problem } from '@yici/api';
import {
  issueWords,
  padded,
  refusalWords,
  refusedIssue,
  role as roleSchema,
  roleWords,
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

type Refusal = Pick<ContractError, 'code' | 'details' | 'message'>;

function toldByRule({ code, details, message }: Refusal, wording: Wording): Told {
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
  // Refused before the rules are asked, for what they refuse: in their words, which say who may.
  const ofRole = error.code === 'ROLE_REFUSED' && error.details['command'] !== undefined;
  if (ofRole) return { ...toldByRule(error, { language, names }), title };
  const { details } = error;
  // The English message tells the instance; of internal errors only the log does, of what its words name they do.
  const own = language === 'zh' || error.code === 'INTERNAL' || title.includes('details.');
  const said = own ? withDetails(title, details, language) : error.message;
  const now = withDetails(plain(next[language]), details, language);
  return { title: withDetails(title, {}, language), detail: sentences(said, now, language) };
}

/** The words of a code with the details that they name in brackets, and without those that are not there. */
function withDetails(text: string, details: GatewayError['details'], language: Language): string {
  return text.replace(
    / ?[（(](details\.\w+(?:(?:、|, )details\.\w+)*)[）)]/gu,
    (_, names: string) => {
      const said = names
        .split(/、|, /)
        .flatMap((name) => detailTexts(details[name.slice('details.'.length)], language));
      if (said.length === 0) return '';
      return language === 'zh' ? `（${said.join('、')}）` : ` (${said.join(', ')})`;
    },
  );
}

/** How what may stand among details is said: by its name, its department, its words, or as an office. */
const ofWords = z.looseObject({ zh: z.string(), en: z.string() });
const ofName = z.looseObject({ name: z.string() }).transform(({ name }) => name);
const ofPeer = z.looseObject({ mspId: z.string() }).transform(({ mspId }) => mspId);
const ofOffice = z.looseObject({ role: roleSchema, section: z.string().exactOptional() });
const ofText = z.union([z.string(), z.number().transform(String), ofName, ofPeer]);

function detailTexts(value: unknown, language: Language): string[] {
  if (Array.isArray(value)) return value.flatMap((one) => detailTexts(one, language));
  const words = ofWords.safeParse(value);
  if (words.success) return [words.data[language]];
  const text = ofText.safeParse(value);
  if (text.success) return [text.data];
  const { data: held } = ofOffice.safeParse(value);
  if (held === undefined) return [];
  const role = roleWords[held.role][language];
  return [held.section === undefined ? role : `${role} ${held.section}`];
}

/** Backticks are for the documents. */
const plain = (words: string): string => words.replaceAll('`', '');

const issuesSchema = z.looseObject({ errors: z.array(refusedIssue) });

function issuesOf({ details }: GatewayError) {
  const parsed = issuesSchema.safeParse(details);
  return parsed.success ? parsed.data.errors : [];
}
