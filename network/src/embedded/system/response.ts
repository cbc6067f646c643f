import type { ChaincodeResponse } from '@yici/ledger';

const nothing = new Uint8Array(0);

/** What a system chaincode answers when it succeeds. */
export function success(payload: Uint8Array = nothing): ChaincodeResponse {
  return { status: 200, message: '', payload };
}

/** What a system chaincode answers when it refuses; Fabric's status for nearly everything is 500. */
export function failure(message: string, status = 500): ChaincodeResponse {
  return { status, message, payload: nothing };
}

export function text(bytes: Uint8Array | undefined): string {
  return Buffer.from(bytes ?? nothing).toString();
}
