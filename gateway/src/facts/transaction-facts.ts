import { commandNames, functionName, shanghaiDate } from '@yici/domain/model';
import type { DecodedTransaction } from '../index-store/decode.js';
import { validCode, validationCode } from '../index-store/validation-codes.js';
import { fact, yes, type PlacedFact } from './fact.js';

/** Commands that change common rules, by function name. */
const governing: ReadonlyMap<string, string> = new Map(
  commandNames
    .filter((name) => /^(?:department|calendar|duty|matter|oneThing|dataset)\./.test(name))
    .filter((name) => !['oneThing.submit', 'oneThing.advance'].includes(name))
    .map((name) => [functionName(name), name]),
);

interface Signers {
  /** The department of an MSP, once it is registered. */
  readonly departmentOf: (mspId: string) => string | undefined;
  /** Days and MSPs of endorsements already recorded, because most transactions of a day add none. Modified. */
  readonly endorsersSeen: Set<string>;
}

/** Facts from the departments' endorsements of a transaction. */
export function transactionFacts(
  transaction: DecodedTransaction,
  chaincode: string,
  { departmentOf, endorsersSeen }: Signers,
): PlacedFact[] {
  const { at, txId, creator, code } = transaction;
  if (at === null || creator === null || transaction.chaincode !== chaincode) return [];
  const day = shanghaiDate(at);
  const department = departmentOf(creator.mspId) ?? creator.mspId;
  if (code !== validCode) {
    const labels = { department, code: validationCode(code).name };
    const common = { subject: 'transaction', id: txId, day } as const;
    return [fact('invalid', { ...common, labels, numbers: { transactions: 1 } })];
  }
  return [
    ...transaction.endorsers.flatMap((mspId) => {
      const name = `${day} ${mspId}`;
      const endorser = endorsersSeen.has(name) ? undefined : departmentOf(mspId);
      if (endorser === undefined) return [];
      endorsersSeen.add(name);
      return [endorsed(endorser, day)];
    }),
    ...governed(transaction, department, day),
  ];
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
  { txId, function: name, endorsers }: DecodedTransaction,
  department: string,
  day: string,
): PlacedFact[] {
  const command = governing.get(name ?? '');
  if (command === undefined) return [];
  return [
    fact('governance', {
      ...{ subject: 'transaction', id: txId, day },
      labels: { department, command, endorsers: String(endorsers.length) },
      numbers: { changes: 1, byTwo: yes(endorsers.length >= 2) },
    }),
  ];
}
