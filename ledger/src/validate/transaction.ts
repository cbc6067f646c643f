import { headerType } from '../envelope/headers.js';
import { endorsementParts } from '../envelope/response.js';
import { verifiedSignersAsync, type Verify } from '../policy/signers.js';
import { checkCreator } from './creator.js';
import { checkNamespace, type RuleSource } from './endorsement.js';
import { readEffects, type Effects } from './invocation.js';
import type { KeyId } from './key-policy.js';
import { finding, isFinding, type Finding, type ValidationContext } from './model.js';
import {
  checkTransactionId,
  readAction,
  readSubmission,
  type EndorsedAction,
  type Submission,
} from './syntax.js';

/**
 * A transaction as far as its bytes alone can be judged. A finding below the headers is kept until the creator's
 * signature is checked, since Fabric gives the code of the first check that fails.
 */
export type Reading =
  | { readonly kind: 'refused'; readonly finding: Finding }
  | { readonly kind: 'config'; readonly submission: Submission }
  | {
      readonly kind: 'unusable';
      readonly submission: Submission;
      readonly finding: Finding;
      /** Whether the check for duplicates comes before this finding. */
      readonly afterDuplicates: boolean;
    }
  | {
      readonly kind: 'endorsed';
      readonly submission: Submission;
      readonly action: EndorsedAction;
      readonly effects: Effects;
    };

/** Decodes an envelope completely; signatures, state and policies are not checked. */
export function readTransaction(bytes: Uint8Array): Reading {
  const submission = readSubmission(bytes);
  if (isFinding(submission)) return { kind: 'refused', finding: submission };
  const early = (found: Finding): Reading => ({
    kind: 'unusable',
    submission,
    finding: found,
    afterDuplicates: false,
  });
  switch (submission.channelHeader.type) {
    case headerType.config:
      if (submission.data.length > 0) return { kind: 'config', submission };
      return early(finding('INVALID_CONFIG_TRANSACTION', 'it holds no config'));
    case headerType.endorserTransaction:
      return readEndorsed(submission, early);
    default:
      return early(
        finding('UNSUPPORTED_TX_PAYLOAD', 'a config update is no transaction until it is ordered'),
      );
  }
}

function readEndorsed(submission: Submission, early: (found: Finding) => Reading): Reading {
  const badId = checkTransactionId(submission);
  if (badId !== undefined) return early(badId);
  const action = readAction(submission);
  if (isFinding(action)) return early(action);
  const effects = readEffects(submission, action);
  if (isFinding(effects)) {
    return { kind: 'unusable', submission, finding: effects, afterDuplicates: true };
  }
  return { kind: 'endorsed', submission, action, effects };
}

/** The result for a transaction before its reads are checked. */
export interface Judgement {
  readonly finding: Finding | undefined;
  /** Namespaces with a valid endorsement: only there can the transaction change a key's policy. */
  readonly endorsed: ReadonlySet<string>;
}

/** What judging one transaction needs beside its reading. */
interface JudgeContext extends Pick<ValidationContext, 'config' | 'state'> {
  readonly verify: Verify;
  readonly rules: RuleSource;
  readonly changedEarlier: (key: KeyId) => boolean | Promise<boolean>;
}

/** Creator, duplicates in the ledger, endorsements: in Fabric's order (txvalidator/v20/validator.go validateTx). */
export async function judge(reading: Reading, context: JudgeContext): Promise<Judgement> {
  if (reading.kind === 'refused') return refusedBy(reading.finding);
  const { submission } = reading;
  const badCreator = await checkCreator(submission, context.config, context.verify);
  if (badCreator !== undefined) return refusedBy(badCreator);
  if (reading.kind === 'config') return { finding: undefined, endorsed: new Set() };
  if (reading.kind === 'unusable' && !reading.afterDuplicates) return refusedBy(reading.finding);
  const { txId } = submission.channelHeader;
  if (context.state.hasTransaction(txId)) {
    return refusedBy(finding('DUPLICATE_TXID', `transaction ${txId} is in the ledger already`));
  }
  if (reading.kind === 'unusable') return refusedBy(reading.finding);
  return judgeEndorsements(reading, context);
}

async function judgeEndorsements(
  { action, effects }: Extract<Reading, { kind: 'endorsed' }>,
  context: JudgeContext,
): Promise<Judgement> {
  const { responsePayload, endorsements } = action;
  const items = endorsements.map(({ endorser, signature }) => ({
    identity: endorser,
    message: endorsementParts(responsePayload, endorser),
    signature,
  }));
  const signers = await verifiedSignersAsync(context.config, items, context.verify);
  const endorsed = new Set<string>();
  let first: Finding | undefined;
  for (const namespace of effects.namespaces) {
    const refused = await checkNamespace({ ...context, signers }, namespace, effects.rwset);
    if (refused === undefined) endorsed.add(namespace);
    else first ??= refused;
  }
  return { finding: first, endorsed };
}

function refusedBy(found: Finding): Judgement {
  return { finding: found, endorsed: new Set() };
}
