import type { Words } from '@yici/domain/model';
import type { Issue } from '@yici/terminal/issues';
import { NetworkError } from '../errors.js';

/** A change that cannot be made, with what is wrong and, where the input names it, its path. */
export function changeRefused(words: Words, issues: readonly Issue[] = []): NetworkError {
  return new NetworkError('CHANGE_REFUSED', words, { details: { issues } });
}

/** A file that is no proposed change, or one of another channel. */
export function changeInvalid(
  words: Words,
  details: Readonly<Record<string, unknown>>,
  cause?: unknown,
): NetworkError {
  return new NetworkError('CHANGE_INVALID', words, { details, cause });
}
