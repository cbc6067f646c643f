import type { PlannedUpdate } from '../config/authorize.js';
import type { ChannelConfig } from '../config/channel.js';
import { configUpdateSignatures, type ConfigUpdateEnvelope } from '../config/envelopes.js';
import type { Sentence } from '../errors.js';
import { mspsOf } from '../identity/principal.js';
import type { Policy } from '../policy/model.js';
import { plannedSigner } from '../policy/plan.js';
import { verifiedSigners } from '../policy/signers.js';
import { compareUtf8 } from '../rwset/order.js';
import { signedUpdate, withSignatures, type ChangeFile, type ChangeSignature } from './file.js';

/** One policy that a change must satisfy, and how far it is. */
interface PolicyConsent {
  /** Absolute, `/Channel/Orderer/Admins`. */
  readonly path: string;
  readonly satisfied: boolean;
  /** Departments whose administrators may sign for it, by MSP id. */
  readonly of: readonly string[];
  /** How many of them must; absent where it is no plain count. */
  readonly needed?: number;
  readonly rule: string;
}

/** Who has consented to a change, and who still may. */
export interface Consent {
  readonly satisfied: boolean;
  readonly policies: readonly PolicyConsent[];
  /** MSP ids of the administrators whose signature counts. */
  readonly signed: readonly string[];
  /** MSP ids of those whose signature would count for what is still lacking. */
  readonly missing: readonly string[];
}

type Signer = ReturnType<typeof verifiedSigners>[number];

/** Compares the signatures on a change with the policies that it must satisfy. Signatures that do not verify do not count. */
export function consentTo(
  config: ChannelConfig,
  { policies }: PlannedUpdate,
  signed: ConfigUpdateEnvelope,
): Consent {
  const signers = verifiedSigners(config, configUpdateSignatures(signed));
  const states = [...policies].map(([path, policy]) =>
    policyConsent(config, path, policy, signers),
  );
  const all = [...policies.values()];
  const counting = signers.filter(({ identity }) =>
    all.some(({ principals }) => principals.some((each) => identity.satisfies(each))),
  );
  const have = [...new Set(counting.map(({ identity }) => identity.mspId))];
  const open = states.filter(({ satisfied }) => !satisfied).flatMap(({ of }) => of);
  return {
    satisfied: states.every(({ satisfied }) => satisfied),
    policies: states,
    signed: have,
    missing: [...new Set(open)].filter((mspId) => !have.includes(mspId)),
  };
}

/**
 * The change with those of its signatures that count, one for each certificate: others serve nobody, and whoever keeps changes
 * for others need not keep them.
 */
export function countingOnly(
  config: ChannelConfig,
  plan: PlannedUpdate,
  change: ChangeFile,
): ChangeFile {
  const counts = (signature: ChangeSignature) =>
    consentTo(config, plan, signedUpdate({ ...change, signatures: [signature] })).signed.length > 0;
  const byCreator = new Map(
    change.signatures
      .filter(counts)
      .map((each) => [creatorOf(signedUpdate({ ...change, signatures: [each] })), each]),
  );
  return withSignatures(change, [...byCreator.values()]);
}

const creatorOf = (signed: ConfigUpdateEnvelope): string =>
  configUpdateSignatures(signed)
    .map(({ identity }) => Buffer.from(identity).toString('base64'))
    .join();

function policyConsent(
  config: ChannelConfig,
  path: string,
  policy: Policy,
  signers: readonly Signer[],
): PolicyConsent {
  const named = new Set(policy.principals.flatMap(mspsOf));
  const of = [...named].sort(compareUtf8).filter((mspId) => {
    const { identity } = plannedSigner(mspId, 'admin');
    return config.msps.has(mspId) && policy.principals.some((each) => identity.satisfies(each));
  });
  const { quorum } = policy;
  const isCount = quorum?.of.every((part) => part !== undefined && part.quorum === undefined);
  return {
    path,
    satisfied: policy.evaluate(signers).satisfied,
    of,
    ...(isCount === true && quorum !== undefined && { needed: quorum.needed }),
    rule: policy.text,
  };
}

/** A policy in a sentence. */
export function consentWords(
  { path, satisfied, needed, of, rule }: PolicyConsent,
  nameOf: (mspId: string) => Sentence,
): Sentence {
  const names = of.map(nameOf);
  const zh = names.map((name) => name.zh).join('、');
  const en = names.map((name) => name.en).join(', ');
  const state = satisfied ? { zh: '已满足', en: 'met' } : { zh: '未满足', en: 'not met yet' };
  if (needed === undefined) {
    return {
      zh: `${path}（${state.zh}）：${rule}，可由以下部门的管理员签名：${zh}`,
      en: `${path} (${state.en}): ${rule}, by administrators of ${en}`,
    };
  }
  return {
    zh: `${path}（${state.zh}）：以下 ${of.length} 个部门中 ${needed} 个的管理员签名：${zh}`,
    en: `${path} (${state.en}): administrators of ${needed} of these ${of.length} departments: ${en}`,
  };
}
