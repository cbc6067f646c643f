import { isDeepStrictEqual } from 'node:util';
import { inputDigest, officesBefore, signoffDigest, signoffDocument } from '@yici/api';
import { pathWords, signoff as signoffSchema, type Signoff, type Words } from '@yici/domain/model';
import { z } from 'zod';

const input = z.record(z.string(), z.unknown());

/** A sign-off as a department shows it to an auditor: the chain, and the act's input as each step left it. */
export const shownSignoff = z.object({
  chain: signoffDocument,
  inputs: z.array(input),
  signoff: signoffSchema,
});
export type ShownSignoff = z.output<typeof shownSignoff>;

/** An act of the ledger, as far as it can be compared. */
export interface LedgerAct {
  readonly signoff: Signoff;
  /** Who signed. */
  readonly user?: string;
  /** Of the input what the ledger's record of the act holds. */
  readonly data?: Readonly<Record<string, unknown>>;
}

export interface SignoffFinding {
  readonly code: 'DIGEST' | 'OFFICES' | 'ROUNDS' | 'INPUT' | 'SIGNER' | 'ACT';
  readonly detail: Words;
}

/**
 * Holds a chain that a department shows against the act that names it: the digest, the offices, each step's input, the signer, and
 * the fields that the ledger holds of the act.
 */
export function verifySignoff({ chain, inputs }: ShownSignoff, act: LedgerAct): SignoffFinding[] {
  const { digest, through } = act.signoff;
  const last = chain.rounds.at(-1);
  const findings: SignoffFinding[] = [];
  const expect = (holds: boolean, code: SignoffFinding['code'], detail: Words): void => {
    if (!holds) findings.push({ code, detail });
  };
  const computed = signoffDigest(chain);
  expect(computed === digest, 'DIGEST', {
    zh: `账本为 ${digest}，复算为 ${computed}`,
    en: `the ledger has ${digest}, computed is ${computed}`,
  });
  expect(isDeepStrictEqual(officesBefore(chain), through), 'OFFICES', {
    zh: '经过的岗位与账本所载不同',
    en: 'the offices are not those of the ledger',
  });
  expect(last?.step === 'issue', 'ROUNDS', {
    zh: '最后一步不是签发',
    en: 'the last step did not issue it',
  });
  expect(inputs.length === chain.rounds.length, 'ROUNDS', {
    zh: '各步内容与各步不一一对应',
    en: 'not every step has its input',
  });
  for (const [at, round] of chain.rounds.entries()) {
    const given = inputs[at];
    const holds = given !== undefined && inputDigest(chain.salt, given) === round.input;
    const step = String(at + 1);
    expect(holds, 'INPUT', {
      zh: `第 ${step} 步的内容与其校验值不符`,
      en: `the input of step ${step} has another digest`,
    });
  }
  return [...findings, ...differencesFrom(act, { user: last?.by.user, input: inputs.at(-1) })];
}

interface Issued {
  readonly user: string | undefined;
  readonly input: Readonly<Record<string, unknown>> | undefined;
}

/** Where the ledger's act is not the one that was issued, as far as the ledger holds it. */
function differencesFrom({ user, data = {} }: LedgerAct, issued: Issued): SignoffFinding[] {
  const differs = Object.entries(issued.input ?? {}).filter(
    ([name, value]) => data[name] !== undefined && !isDeepStrictEqual(data[name], value),
  );
  const others = differs.map(([name]): SignoffFinding => ({
    code: 'ACT',
    detail: {
      zh: `${pathWords(`/${name}`, 'zh')}与账本所载不同`,
      en: `${pathWords(`/${name}`, 'en')}: the ledger has another`,
    },
  }));
  if (user === undefined || user === issued.user) return others;
  const detail = { zh: '签发人不是上链签名人', en: 'who issued it did not sign the transaction' };
  return [{ code: 'SIGNER', detail }, ...others];
}
