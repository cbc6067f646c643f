import { common } from '@hyperledger/fabric-protos';
import { NetworkError } from '../../errors.js';

type OrdererStatus = common.StatusMap[keyof common.StatusMap];

const names = new Map<number, readonly [string, OrdererStatus]>(
  Object.entries(common.Status).map(([name, value]) => [value, [name, value]]),
);

/** The common.Status, with its name, with which an orderer reports a rejection of `ChannelLedger.order`. */
export function ordererStatus(error: unknown): readonly [name: string, status: OrdererStatus] {
  const unavailable = ['SERVICE_UNAVAILABLE', common.Status.SERVICE_UNAVAILABLE] as const;
  if (!(error instanceof NetworkError) || error.code !== 'ORDERER_REFUSED') {
    return unavailable;
  }
  const { status } = error.details;
  const known = typeof status === 'number' ? names.get(status) : undefined;
  return known ?? ['BAD_REQUEST', common.Status.BAD_REQUEST];
}
