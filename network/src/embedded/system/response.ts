import type { ChaincodeResponse } from '@yici/ledger';

const nothing = new Uint8Array(0);

/** Success response of a system chaincode. */
export function success(payload: Uint8Array = nothing): ChaincodeResponse {
  return { status: 200, message: '', payload };
}

/** Error response of a system chaincode; Fabric uses status 500 for nearly everything. */
export function failure(message: string, status = 500): ChaincodeResponse {
  return { status, message, payload: nothing };
}

export function text(bytes: Uint8Array | undefined): string {
  return Buffer.from(bytes ?? nothing).toString();
}
