import { commandNames, functionName, shanghaiDate } from '@yici/domain/model';
import type { DecodedTransaction } from '../index-store/decode.js';
import { validCode, validationCode } from '../index-store/validation-codes.js';
import { fact, yes, type PlacedFact } from './fact.js';

/** Commands by function name. */
const commandOf: ReadonlyMap<string, string> = new Map(
  commandNames.map((name) => [functionName(name), name]),
);

/** Whether a command changes common rules. */
const governs = (command: string): boolean =>
  /^(?:department|calendar|duty|matter|oneThing|dataset)\./.test(command) &&
  !['oneThing.submit', 'oneThing.advance'].includes(command);

interface Signers {
  /** The department of an MSP, once it is registered. */
  readonly departmentOf: (mspId: string) => string | undefined;
  /** Whose endorsement or signature of a day is recorded already, because most transactions of a day add none. Modified. */
  readonly signersSeen: Set<string>;
}

/** Facts from the departments' endorsements of a transaction. */
export function transactionFacts(
  transaction: DecodedTransaction,
  chaincode: string,
  signers: Signers,
): PlacedFact[] {
  const { at, txId, creator, code } = transaction;
  if (at === null || creator === null || transaction.chaincode !== chaincode) return [];
  const day = shanghaiDate(at);
  const department = signers.departmentOf(creator.mspId) ?? creator.mspId;
  if (code !== validCode) {
    const labels = { department, code: validationCode(code).name };
    const common = { subject: 'transaction', id: txId, day } as const;
    return [fact('invalid', { ...common, labels, numbers: { transactions: 1 } })];
  }
  const command = commandOf.get(transaction.function ?? '');
  return [
    ...transaction.endorsers.flatMap((mspId) =>
      newcomer(signers, mspId, `${day} ${mspId}`, (id) => endorsed(id, day)),
    ),
    ...(command === undefined
      ? []
      : newcomer(signers, creator.mspId, `${day} ${creator.mspId} ${command}`, (id) =>
          signed(id, command, day),
        )),
    ...(command === undefined || !governs(command)
      ? []
      : [governed(transaction, command, { department, day })]),
  ];
}

/** The fact of a registered department that the day has none of yet. */
function newcomer(
  { departmentOf, signersSeen }: Signers,
  mspId: string,
  name: string,
  of: (department: string) => PlacedFact,
): PlacedFact[] {
  const department = signersSeen.has(name) ? undefined : departmentOf(mspId);
  if (department === undefined) return [];
  signersSeen.add(name);
  return [of(department)];
}

/** One fact per day, department and command, however often somebody of the department signed it. */
function signed(department: string, command: string, day: string): PlacedFact {
  return fact('signer', {
    ...{ subject: 'department', id: department, part: command, day },
    labels: { department, command },
    numbers: { days: 1 },
  });
}

/** One fact per day and department, however often its peer endorsed. */
function endorsed(department: string, day: string): PlacedFact {
  return fact('endorser', {
    ...{ subject: 'department', id: department, day },
    labels: { department },
    numbers: { days: 1 },
  });
}

function governed(
  { txId, endorsers }: DecodedTransaction,
  command: string,
  { department, day }: { readonly department: string; readonly day: string },
): PlacedFact {
  return fact('governance', {
    ...{ subject: 'transaction', id: txId, day },
    labels: { department, command, endorsers: String(endorsers.length) },
    numbers: { changes: 1, byTwo: yes(endorsers.length >= 2) },
  });
}
