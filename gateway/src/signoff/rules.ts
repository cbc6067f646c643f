import {
  inputDigest,
  officesBefore,
  signoffDigest,
  type SignoffChain,
  type SignoffRound,
} from '@yici/api';
import { delegableRole, type Office, type Signoff, type Words } from '@yici/domain/model';
import { GatewayError } from '../errors.js';
import { without } from '../without.js';
import type { SignoffFile, SignoffInput } from '../drafts/signoff-file.js';
import type { Acting } from './acting.js';

/** The rules of a sign-off: no store, no clock. */

/** Longer than any that comes to an end. */
const mostRounds = 40;

export interface Beginning {
  readonly id: string;
  readonly salt: string;
  readonly department: string;
  readonly command: string;
  readonly title: string;
  readonly subject: string | null;
  readonly input: SignoffInput;
  readonly comment?: string | undefined;
  readonly chain: Pick<SignoffChain, 'levels' | 'onePerson'>;
}

/** 拟办. @throws GatewayError SIGNOFF_NOT_YOURS unless the first level is the caller's */
export function begin(given: Beginning, by: Acting, at: string): SignoffFile {
  const { id, salt, department, command, title, subject, input, comment } = given;
  const levels = [...given.chain.levels];
  const head = { id, department, command, levels };
  const file: SignoffFile = {
    ...{ kind: 'signoff', ...head, title, subject, state: 'open', level: 0 },
    onePerson: given.chain.onePerson === true,
    acted: levels.map(() => []),
    ...{ by: by.user, at, changedBy: by.user, changedAt: at, version: 0, expiresAt: null },
    ...{ input, inputs: [] },
    chain: { v: 1, purpose: 'yici sign-off', ...head, salt, rounds: [] },
  };
  assertTurn(file, by);
  return withRound(file, by, at, { step: 'draft', input, comment, next: 1 });
}

export type StepName = 'approve' | 'return' | 'issue';
export interface AskedStep {
  readonly step: StepName;
  readonly comment?: string | undefined;
  readonly input?: SignoffInput | undefined;
  /** Of a return. */
  readonly to?: 'before' | 'drafter' | undefined;
}

/**
 * 审核、退回、签发. The drafter to whom it was given back approves it anew.
 * @throws GatewayError SIGNOFF_NOT_YOURS, SIGNOFF_SAME_PERSON, SIGNOFF_STATE
 */
export function takeStep(file: SignoffFile, by: Acting, asked: AskedStep, at: string): SignoffFile {
  assertTaken(file, by, asked);
  const { level } = file;
  const { comment, input = file.input } = asked;
  switch (asked.step) {
    case 'approve': {
      const step = stepOf(file, asked);
      return withRound(file, by, at, { step, input, comment, next: level + 1 });
    }
    case 'return': {
      const to = asked.to === 'drafter' ? 0 : level - 1;
      return withRound(file, by, at, { step: 'return', input: file.input, comment, next: to, to });
    }
    case 'issue':
      return withRound(file, by, at, { step: 'issue', input, comment, next: level });
  }
}

/** @throws GatewayError SIGNOFF_NOT_YOURS, SIGNOFF_SAME_PERSON, SIGNOFF_STATE */
function assertTaken(file: SignoffFile, by: Acting, { step }: AskedStep): void {
  if (file.state === 'issued') throw wrongState(file, 'issued');
  assertTurn(file, by);
  const place = placeIn(file);
  if (step === 'return' && place === 'first') throw wrongState(file, 'firstLevel');
  if (step === 'approve' && place === 'last') throw wrongState(file, 'lastLevel');
  if (step === 'issue' && place !== 'last') throw wrongState(file, 'notLastLevel');
  // It can always be given back, so that its drafter can withdraw it.
  if (step !== 'return' && file.chain.rounds.length >= mostRounds) {
    throw wrongState(file, 'tooManySteps');
  }
}

function placeIn({ level, levels }: SignoffFile): 'first' | 'between' | 'last' {
  if (level === 0) return 'first';
  return level === levels.length - 1 ? 'last' : 'between';
}

/** What a step is called in the chain. */
export const stepOf = ({ level }: Pick<SignoffFile, 'level'>, { step }: AskedStep) =>
  step === 'approve' && level === 0 ? 'draft' : step;

interface Step {
  readonly step: SignoffRound['step'];
  readonly input: SignoffInput;
  readonly comment: string | undefined;
  readonly next: number;
  readonly to?: number;
}

function withRound(file: SignoffFile, by: Acting, at: string, given: Step): SignoffFile {
  const { step, input, comment, next, to } = given;
  const { level, chain } = file;
  const round: SignoffRound = {
    ...{ level, step, by: whoOf(by), at, input: inputDigest(chain.salt, input) },
    ...(comment === undefined ? {} : { comment }),
    ...(to === undefined ? {} : { to }),
  };
  return {
    ...without(file, 'owner'),
    ...{ state: step === 'issue' ? 'signing' : 'open', level: next, input },
    acted: file.acted.map((names, at) =>
      at === level ? [...new Set([...names, ...namesOf(by)])] : names,
    ),
    ...{ changedBy: by.user, changedAt: at, version: file.version + 1 },
    inputs: [...file.inputs, input],
    chain: { ...chain, rounds: [...chain.rounds, round] },
  };
}

function whoOf({ user, role, section, for: absent, under }: Acting): SignoffRound['by'] {
  return {
    ...{ role: delegableRole.parse(role), section, user },
    ...(absent === undefined ? {} : { for: absent }),
    ...(under === undefined ? {} : { under }),
  };
}

export const namesOf = ({ user, for: absent }: Acting): string[] =>
  absent === undefined ? [user] : [user, absent];

export const holds = (
  by: Pick<Acting, 'role' | 'section'>,
  office: Pick<Office, 'section'> & { role: string },
) => by.role === office.role && (office.section === undefined || office.section === by.section);

type Turn = Pick<SignoffFile, 'id' | 'level' | 'levels' | 'acted' | 'onePerson'>;

/** Whether somebody acted at another level, in the own name or as the absent official. */
function actedElsewhere({ acted, level, onePerson }: Turn, by: Acting): boolean {
  if (onePerson) return false;
  const others = acted.flatMap((names, at) => (at === level ? [] : names));
  return namesOf(by).some((name) => others.includes(name));
}

/** Whether it waits for this official. */
export function isTurn(turn: Turn, by: Acting): boolean {
  const office = turn.levels[turn.level];
  return office !== undefined && holds(by, office) && !actedElsewhere(turn, by);
}

function assertTurn(file: Turn, by: Acting): void {
  const { id, level, levels } = file;
  const waitsFor = levels[level];
  if (waitsFor === undefined || !holds(by, waitsFor)) {
    const message = 'It waits for another office, see waitsFor.';
    const details = { id, level, waitsFor, role: by.role, section: by.section };
    throw new GatewayError('SIGNOFF_NOT_YOURS', message, { details });
  }
  if (!actedElsewhere(file, by)) return;
  const message =
    'Nobody acts at two levels of one sign-off, not in the place of an absent official either.';
  const notOneOf = [...new Set(file.acted.flat())].sort();
  throw new GatewayError('SIGNOFF_SAME_PERSON', message, {
    details: { id, couldAct: waitsFor, notOneOf },
  });
}

export type WrongState =
  | 'issued'
  | 'lastLevel'
  | 'firstLevel'
  | 'notLastLevel'
  | 'tooManySteps'
  | 'beingSigned'
  | 'notWithDrafter';

const sentences: Readonly<Record<WrongState, Words>> = {
  issued: { zh: '已经签发上链', en: 'it was issued; the act is on the ledger' },
  lastLevel: {
    zh: '已到签发一级，请签发或者退回',
    en: 'this is the last level: issue it, or give it back',
  },
  firstLevel: {
    zh: '拟办人之前没有上一级，由拟办人撤回',
    en: 'there is no level before the drafter’s; the drafter withdraws it',
  },
  notLastLevel: {
    zh: '只有最后一级可以签发，请审核同意或者退回',
    en: 'only the last level issues; approve it, or give it back',
  },
  tooManySteps: {
    zh: '往返次数已达上限，由拟办人撤回后重新拟办',
    en: 'it went to and fro too often; the drafter withdraws it and begins anew',
  },
  beingSigned: {
    zh: '正在签名；签名过期或者未成后才能退回',
    en: 'it is being signed; it can be given back once the signature has expired or was refused',
  },
  notWithDrafter: {
    zh: '在拟办人手中时，由拟办人撤回',
    en: 'only its drafter withdraws it, while it is with the drafter',
  },
};

export function wrongState(
  { id, state, level, levels }: SignoffFile,
  problem: WrongState,
): GatewayError {
  const why = sentences[problem];
  const details = { id, state, level, waitsFor: levels[level], problem, why };
  return new GatewayError('SIGNOFF_STATE', why.en, { details });
}

/** What the act carries; null before it is issued. */
export function proofOf({ id, chain }: SignoffFile): Signoff | null {
  if (chain.rounds.at(-1)?.step !== 'issue') return null;
  return { id, digest: signoffDigest(chain), through: officesBefore(chain) };
}
