import { issueData, issueWords, type Words } from '@yici/domain/model';
import { z } from 'zod';

/** A fault in something read: its path (`departments.2.mspId`) and what is wrong there, in `message` the English of `words`. */
export interface Issue {
  readonly path: string;
  readonly message: string;
  readonly words: Words;
}

export const issueAt = (path: string, words: Words): Issue => ({
  path,
  message: words.en,
  words,
});

/** What a schema finds wrong; what it says by itself, in English, is said in Chinese as the domain's inputs are. */
export const issuesIn = (error: z.ZodError, input: unknown): Issue[] =>
  error.issues.map((issue) =>
    issueAt(issue.path.map(String).join('.'), ownWords(issue) ?? schemaWords(issue, input)),
  );

/** What a check of ours says where it fails. */
export const told = (words: Words) => ({ message: words.en, params: { words } });

/** A text of a form that is told in words. */
export const written = (form: RegExp, words: Words) =>
  z.string().refine((text) => form.test(text), told(words));

const own = z.object({ words: z.object({ zh: z.string(), en: z.string() }) });

/** The words that a check of ours was given. */
const ownWords = (issue: z.core.$ZodIssue): Words | undefined =>
  issue.code === 'custom' ? own.safeParse(issue.params).data?.words : undefined;

function schemaWords(issue: z.core.$ZodIssue, input: unknown): Words {
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
): Words {
  const colon = { zh: '：', en: ': ' };
  const line = (language: 'zh' | 'en') =>
    issues
      .slice(0, most)
      .map(({ path, words }) =>
        path === '' ? words[language] : path + colon[language] + words[language],
      )
      .join(language === 'zh' ? '；' : '; ');
  const more = issues.length - most;
  if (more <= 0) return { zh: line('zh'), en: line('en') };
  return { zh: `${line('zh')}（另有 ${more} 处）`, en: `${line('en')} (and ${more} more)` };
}
