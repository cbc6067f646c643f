import {
  decodePayload,
  encodeIdentity,
  headerType,
  newTransactionId,
  parseProposal,
  parseTransaction,
  proposalHash,
  type ParsedProposal,
} from '@yici/ledger';
import { commands, type CommandName } from '@yici/chaincode/model';
import { isDeepStrictEqual } from 'node:util';
import { ClientError } from '../errors.js';
import type { Identity } from '../identity/identity.js';
import { isAskedFor } from './issued-numbers.js';
import type { NetworkInfo } from './shapes.js';

/** What the caller asked for: the measure of what it is then given to sign. */
export interface Asked {
  readonly network: Pick<NetworkInfo, 'channel' | 'chaincode'>;
  readonly command: string;
  readonly input: Readonly<Record<string, unknown>>;
  readonly identity: Pick<Identity, 'mspId' | 'certificate'>;
  /** What is to go into the transient map, where no block shows it; absent: nothing may be there. */
  readonly secret?: unknown;
}

/**
 * Makes sure that proposal bytes say what was asked for and nothing more: channel, chaincode, function, input, creator,
 * transaction id, and in the transient map exactly the private part that was given, or nothing.
 * @throws ClientError PROPOSAL_NOT_AS_ASKED; `details.differs` names each part that differs.
 */
export function checkProposal(bytes: Uint8Array, asked: Asked): void {
  const proposal = read('PROPOSAL_NOT_AS_ASKED', () => parseProposal(bytes));
  refuseIf('PROPOSAL_NOT_AS_ASKED', differences(proposal, asked));
}

/**
 * Makes sure that transaction bytes carry the proposal that was signed, that its endorsers answered to that proposal, and
 * that it changes nothing but the chaincode's own records.
 * @throws ClientError TRANSACTION_NOT_AS_PROPOSED; `details.differs` names each part that differs.
 */
export function checkTransaction(bytes: Uint8Array, asked: Asked, proposal?: Uint8Array): void {
  const code = 'TRANSACTION_NOT_AS_PROPOSED';
  const { headers, transaction } = read(code, () => {
    const payload = decodePayload(bytes);
    return { headers: payload.headers, transaction: parseTransaction(payload.data) };
  });
  const args = functionAndInput(transaction.args);
  const differs = [
    [headers !== undefined, 'header'],
    [transaction.response.status === 200, 'response'],
    [transaction.chaincode === asked.network.chaincode, 'chaincode'],
    [args?.name === functionName(asked.command), 'function'],
    [args !== undefined && isAskedFor(asked.command, args.input, asked.input), 'input'],
    [
      proposal === undefined || equal(transaction.proposalHash, proposalHash(proposal)),
      'proposalHash',
    ],
  ] as const;
  refuseIf(code, failed(differs));
}

function differences(proposal: ParsedProposal, asked: Asked): string[] {
  const creator = encodeIdentity(asked.identity.mspId, asked.identity.certificate);
  const args = functionAndInput(proposal.args);
  return failed([
    [proposal.channelHeader.type === headerType.endorserTransaction, 'type'],
    [proposal.channel === asked.network.channel, 'channel'],
    [proposal.chaincode === asked.network.chaincode, 'chaincode'],
    [equal(proposal.creator, creator), 'creator'],
    [proposal.transactionId === newTransactionId(creator, proposal.nonce), 'transactionId'],
    [args?.name === functionName(asked.command), 'function'],
    [args !== undefined && isAskedFor(asked.command, args.input, asked.input), 'input'],
    [isSecretAsked(proposal.transient, asked.secret), 'transient'],
    [!proposal.isInit, 'isInit'],
  ]);
}

function failed(checks: readonly (readonly [boolean, string])[]): string[] {
  return checks.filter(([holds]) => !holds).map(([, name]) => name);
}

/** The chaincode function of a command: `case:submit`. */
function functionName(command: string): string | undefined {
  if (!Object.hasOwn(commands, command)) return undefined;
  const { contract, transaction } = commands[command as CommandName];
  return `${contract}:${transaction}`;
}

function functionAndInput(args: readonly Uint8Array[]) {
  const [name, input] = args.map((arg) => new TextDecoder().decode(arg));
  if (args.length !== 2 || name === undefined || input === undefined) return undefined;
  try {
    return { name, input: JSON.parse(input) as unknown };
  } catch {
    return undefined;
  }
}

/** The entry of the transient map that a command's private part is in. */
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

function equal(one: Uint8Array, other: Uint8Array): boolean {
  return Buffer.compare(one, other) === 0;
}

function read<T>(code: 'PROPOSAL_NOT_AS_ASKED' | 'TRANSACTION_NOT_AS_PROPOSED', parse: () => T): T {
  try {
    return parse();
  } catch (cause) {
    throw new ClientError(code, 'What the gateway gave to sign cannot be read; not signed.', {
      cause,
    });
  }
}

function refuseIf(
  code: 'PROPOSAL_NOT_AS_ASKED' | 'TRANSACTION_NOT_AS_PROPOSED',
  differs: readonly string[],
): void {
  if (differs.length === 0) return;
  throw new ClientError(
    code,
    `What the gateway gave to sign differs in ${differs.join(', ')}; not signed.`,
    {
      details: { differs },
    },
  );
}
