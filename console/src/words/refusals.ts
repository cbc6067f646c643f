import { basisOf, ClientError, refusedIn } from '@yici/client/web';
import { refusalWords } from '@yici/domain/model';
import type { Language, Words } from '@yici/domain/model';

export interface Said {
  readonly title: string;
  readonly more: string;
}

/** A refusal in words: what is wrong, then what to do now and the law it rests on. */
export function errorWords(error: Error, language: Language): Said {
  const words = refusalWords(refusedIn(error), language);
  if (words === undefined) {
    const { words: own, code = '' } = error as { words?: Words; code?: string };
    const title = detailOf(error) ?? own?.[language] ?? error.message;
    return { title, more: refusedIn(error).code || code };
  }
  const rest = [words.next, basisOf(error)[language]].filter((line) => line !== '');
  return { title: detailOf(error) ?? words.sentence, more: rest.join('\n') };
}

/** The gateway's own sentence, which has the names that it knows. */
function detailOf(error: Error): string | undefined {
  const detail = error instanceof ClientError ? error.details['detail'] : undefined;
  return typeof detail === 'string' ? detail : undefined;
}
