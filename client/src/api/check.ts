import {
  encodeIdentity,
  headerType,
  newTransactionId,
  parseProposal,
  type ParsedProposal,
} from '@yici/ledger';
import { functionName } from '@yici/domain/model';
import { isDeepStrictEqual } from 'node:util';
import { ClientError } from '../errors.js';
import type { Identity } from '../identity/identity.js';
import { checkTime } from './check-time.js';
import { isAskedFor, isAskedForInstead } from './issued-numbers.js';
import type { NetworkView } from '@yici/api';

/** What the caller asked for: what it is given to sign is compared with this. */
export interface Asked {
  readonly network: Pick<NetworkView, 'channel' | 'chaincode'>;
  readonly command: string;
  readonly input: Readonly<Record<string, unknown>>;
  /** The input of the transaction that was signed before: it must be the same, or replace that one's case number. */
  readonly before?: Readonly<Record<string, unknown>> | undefined;
  readonly identity: Pick<Identity, 'mspId' | 'certificate'>;
  /** The private part, which belongs into the transient map; when absent, the map must be empty. */
  readonly secret?: unknown;
  /** The signer's own clock. */
  readonly now?: (() => Date) | undefined;
}

/**
 * Checks that proposal bytes say what was asked for and nothing more: channel, chaincode, function, input, creator,
 * transaction id, and in the transient map exactly the private part.
 * @throws ClientError PROPOSAL_NOT_AS_ASKED; `details.differs` names each part that differs. TIME_NOT_NOW.
 */
export function checkProposal(bytes: Uint8Array, asked: Asked): ParsedProposal {
  const proposal = readToSign('PROPOSAL_NOT_AS_ASKED', () => parseProposal(bytes));
  refuseIf('PROPOSAL_NOT_AS_ASKED', differences(proposal, asked));
  checkTime(proposal, asked.now?.() ?? new Date());
  return proposal;
}

/** The input in a checked proposal, including the numbers that the gateway issued. */
export function inputOf({ args }: Pick<ParsedProposal, 'args'>): Readonly<Record<string, unknown>> {
  const input = functionAndInput(args)?.input;
  return typeof input === 'object' && input !== null ? { ...input } : {};
}

function differences(proposal: ParsedProposal, asked: Asked): string[] {
  const { creator, nonce } = proposal;
  return [
    ...differencesToCommand(proposal, asked),
    ...failing([
      [proposal.channelHeader.type === headerType.endorserTransaction, 'type'],
      [proposal.chaincode === asked.network.chaincode, 'chaincode'],
      [proposal.transactionId === newTransactionId(creator, nonce), 'transactionId'],
      [isSecretAsked(proposal.transient, asked.secret), 'transient'],
      [!proposal.isInit, 'isInit'],
    ]),
  ];
}

/** Compares channel, creator, function and input, which a proposal and its transaction both hold. */
export function differencesToCommand(
  given: Pick<ParsedProposal, 'channel' | 'creator' | 'args'>,
  asked: Omit<Asked, 'secret'>,
): string[] {
  const creator = encodeIdentity(asked.identity.mspId, asked.identity.certificate);
  const args = functionAndInput(given.args);
  return failing([
    [given.channel === asked.network.channel, 'channel'],
    [equal(given.creator, creator), 'creator'],
    [args?.name === functionName(asked.command), 'function'],
    [args !== undefined && isInputAsked(asked, args.input), 'input'],
  ]);
}

/** Once a transaction was signed the input must stay the same, except that `insteadOf` may replace its case number. */
function isInputAsked({ command, input, before }: Omit<Asked, 'secret'>, given: unknown): boolean {
  if (before === undefined) return isAskedFor(command, given, input);
  return isAskedFor(command, given, before) || isAskedForInstead(command, given, input, before);
}

/** The names of the checks that do not hold, each once. */
export function failing(checks: readonly (readonly [boolean, string])[]): string[] {
  return [...new Set(checks.filter(([holds]) => !holds).map(([, name]) => name))];
}

/** The chaincode's function and input in a proposal's or transaction's arguments; undefined when they are others. */
export function functionAndInput(args: readonly Uint8Array[]) {
  const [name, input] = args.map((arg) => new TextDecoder().decode(arg));
  if (args.length !== 2 || name === undefined || input === undefined) return undefined;
  try {
    return { name, input: JSON.parse(input) as unknown };
  } catch {
    return undefined;
  }
}

/** Key of the private part in the transient map. */
const privateEntry = 'private';

function isSecretAsked(transient: ReadonlyMap<string, Uint8Array>, secret: unknown): boolean {
  if (secret === undefined) return transient.size === 0;
  const bytes = transient.get(privateEntry);
  if (transient.size !== 1 || bytes === undefined) return false;
  try {
    const given: unknown = JSON.parse(new TextDecoder().decode(bytes));
    return isDeepStrictEqual(given, JSON.parse(JSON.stringify(secret)));
  } catch {
    return false;
  }
}

export const equal = (one: Uint8Array, other: Uint8Array): boolean =>
  Buffer.compare(one, other) === 0;

type Refusal = 'PROPOSAL_NOT_AS_ASKED' | 'TRANSACTION_NOT_AS_PROPOSED';

/** @throws ClientError with this code when the bytes cannot be parsed */
export function readToSign<T>(code: Refusal, parse: () => T): T {
  try {
    return parse();
  } catch (cause) {
    throw new ClientError(code, `What the gateway gave to sign cannot be read; ${unsigned}`, {
      cause,
    });
  }
}

/** @throws ClientError with this code when anything differs */
export function refuseIf(code: Refusal, differs: readonly string[]): void {
  if (differs.length === 0) return;
  throw new ClientError(
    code,
    {
      zh: `网关给出的待签名内容与所填不一致（${differs.join('、')}），未签名，没有任何改动。请改用本通道的其他网关，并告知该网关的管理员。`,
      en: `What the gateway gave to sign differs in ${differs.join(', ')}; ${unsigned}`,
    },
    { details: { differs } },
  );
}

const unsigned =
  'not signed, so nothing happened. Ask another gateway of the channel, and tell the administrator of this one.';
