import { WireWriter } from '../wire/writer.js';

/**
 * Bytes of gateway.EvaluateRequest, EndorseRequest, SubmitRequest or CommitStatusRequest, which have in common: the ids of transaction
 * and channel, then what it is about (a signed proposal, an envelope, an identity); and, for the first two, the departments asked for.
 */
export function gatewayRequest(
  { txId, channel }: { readonly txId: string; readonly channel: string },
  content: Uint8Array,
  mspIds: readonly string[] = [],
): Uint8Array {
  const departments = mspIds.map((mspId) => Buffer.from(mspId, 'utf8'));
  return new WireWriter()
    .string(1, txId)
    .string(2, channel)
    .message(3, content)
    .repeated(4, departments)
    .finish();
}
