import { common, peer } from '@hyperledger/fabric-protos';

type ValidationCode = peer.TxValidationCodeMap[keyof peer.TxValidationCodeMap];
type HeaderType = common.HeaderTypeMap[keyof common.HeaderTypeMap];

const validationCodes = new Map<number, ValidationCode>(
  Object.values(peer.TxValidationCode).map((value) => [value, value]),
);
const headerTypes = new Map<number, HeaderType>(
  Object.values(common.HeaderType).map((value) => [value, value]),
);

/** A byte of TRANSACTIONS_FILTER as the enum of the message class. */
export function validationCode(value: number): ValidationCode {
  return validationCodes.get(value) ?? peer.TxValidationCode.INVALID_OTHER_REASON;
}

export function headerTypeOf(value: number): HeaderType {
  return headerTypes.get(value) ?? common.HeaderType.MESSAGE;
}
