import { issueData, issueWords } from '@yici/domain/model';
import { LedgerError, type Sentence } from '@yici/ledger';
import { z } from 'zod';
import { wordsOf } from './to-error.js';

/** A fault in something read: its path (`departments.2.mspId`) and what is wrong there, in `message` the English of `words`. */
export interface Issue {
  readonly path: string;
  readonly message: string;
  readonly words: Sentence;
}

export const issueAt = (path: string, words: Sentence): Issue => ({
  path,
  message: words.en,
  words,
});

/** What a schema finds wrong; what it says by itself, in English, is said in Chinese as the domain's inputs are. */
export const issuesIn = (error: z.ZodError, input: unknown): Issue[] =>
  error.issues.map((issue) =>
    issueAt(issue.path.map(String).join('.'), ownWords(issue) ?? schemaWords(issue, input)),
  );

/** Why a policy, or what else is read of Fabric's formats, cannot be read. */
export function faultIn(read: () => unknown): Sentence | undefined {
  try {
    read();
    return undefined;
  } catch (error) {
    if (error instanceof LedgerError) return wordsOf(error);
    throw error;
  }
}

/** A text of a form that is told in words. */
export const written = (form: RegExp, words: Sentence) =>
  z.string().refine((text) => form.test(text), { message: words.en, params: { words } });

const own = z.object({ words: z.object({ zh: z.string(), en: z.string() }) });

/** The words that a check of ours was given. */
const ownWords = (issue: z.core.$ZodIssue): Sentence | undefined =>
  issue.code === 'custom' ? own.safeParse(issue.params).data?.words : undefined;

function schemaWords(issue: z.core.$ZodIssue, input: unknown): Sentence {
  const { message } = issue;
  const path = issue.path.map(String).join('.');
  const named = issue.code === 'unrecognized_keys' ? ` ${issue.keys.join('、')} ` : '';
  const refused = { path, message, ...issueData(issue, input) };
  return { zh: issueWords(refused, 'zh', () => named), en: message };
}

/** The first faults in a line, and how many there are beside them. */
export function issuesText(
  issues: readonly Pick<Issue, 'path' | 'words'>[],
  most = issues.length,
): Sentence {
  const line = (language: 'zh' | 'en') =>
    issues
      .slice(0, most)
      .map(({ path, words }) => (path === '' ? words[language] : `${path}: ${words[language]}`))
      .join(language === 'zh' ? '；' : '; ');
  const more = issues.length - most;
  if (more <= 0) return { zh: line('zh'), en: line('en') };
  return { zh: `${line('zh')}（另有 ${more} 处）`, en: `${line('en')} (and ${more} more)` };
}
