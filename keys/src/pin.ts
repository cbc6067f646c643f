import { readFileSync } from 'node:fs';
import type { Sentence } from '@yici/ledger';
import { KeyError } from './errors.js';
import type { TokenUri } from './uri.js';

/** CK_TOKEN_INFO flags (PKCS#11 2.40, 3.2): what a token tells of the tries that are left for the PIN. */
const flags = { few: 0x10000, last: 0x20000, locked: 0x40000 } as const;

/** Tries left as the token tells it; absent when it tells nothing. */
export function triesLeft(tokenFlags: number): 'few' | 'last' | 'locked' | undefined {
  const told = (['locked', 'last', 'few'] as const).find((name) => tokenFlags & flags[name]);
  return told;
}

type Ask = (question: Sentence) => string | undefined;
let ask: Ask = () => undefined;

/** Lets a program whose terminal has a person in front of it ask for a PIN that is given nowhere. */
export function askPinWith(asking: Ask): void {
  ask = asking;
}

/** A PIN, and whether a person typed it just now. */
export interface Pin {
  readonly pin: string;
  readonly typed: boolean;
}

/**
 * The PIN of a token: from the file that the URI names (first line), from `YICI_TOKEN_PIN`, otherwise asked for.
 * @throws KeyError TOKEN_PIN_MISSING
 */
export function pinOf({ token, pinFile }: TokenUri): Pin {
  const given = pinFile === undefined ? process.env['YICI_TOKEN_PIN'] : firstLine(pinFile);
  if (given !== undefined && given !== '') return { pin: given, typed: false };
  const typed = pinFile === undefined ? ask(question(token)) : undefined;
  if (typed !== undefined && typed !== '') return { pin: typed, typed: true };
  const words = {
    zh: `没有令牌“${token}”的口令（PIN）：在 URI 中以 pin-source=file:绝对路径 指明文件，或者设置 YICI_TOKEN_PIN。`,
    en: `There is no PIN for the token "${token}": name a file with pin-source=file:/absolute/path in the URI, or set YICI_TOKEN_PIN.`,
  };
  const details = { token, ...(pinFile !== undefined && { file: pinFile }) };
  throw new KeyError('TOKEN_PIN_MISSING', words, { details });
}

const question = (token: string): Sentence => ({
  zh: `令牌“${token}”的口令（PIN，不显示）：`,
  en: `PIN of the token "${token}" (not shown): `,
});

function firstLine(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8').split(/\r?\n/, 1)[0];
  } catch {
    // Said with the file as what is missing.
    return undefined;
  }
}
