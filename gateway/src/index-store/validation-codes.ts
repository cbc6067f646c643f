import { common, peer } from '@hyperledger/fabric-protos';

const codeNames = new Map<number, string>(
  Object.entries(peer.TxValidationCode).map(([name, number]) => [number, name]),
);
const typeNames = new Map<number, string>(
  Object.entries(common.HeaderType).map(([name, number]) => [number, name]),
);

/** Fabric's TxValidationCode with its name. */
export function validationCode(number: number): { readonly number: number; readonly name: string } {
  return { number, name: codeNames.get(number) ?? 'UNKNOWN' };
}

export const headerTypeName = (type: number): string => typeNames.get(type) ?? 'UNKNOWN';

/** protos.TxValidationCode.VALID */
export const validCode = 0;
