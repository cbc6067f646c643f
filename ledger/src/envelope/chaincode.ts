import {
  bool,
  bytes,
  bytesList,
  embedded,
  int32,
  list,
  mapEntry,
  message,
  string,
  type MessageOf,
} from '../wire/message.js';
import { malformed } from '../wire/reader.js';
import { concat, encodeVarint, utf8, WireWriter } from '../wire/writer.js';

/** protos.ChaincodeSpec.Type.NODE. Peers ignore the type; the Node client writes this one. */
const NODE = 2;

export const chaincodeIdMessage = message(
  'protos.ChaincodeID',
  {
    /** Not used, but a string that is not UTF-8 makes the message invalid. */
    path: string(1),
    name: string(2),
    version: string(3),
  },
  () => ({ path: '', name: '', version: '' }),
);

/** protos.ChaincodeID without its path. */
export type ChaincodeId = Omit<MessageOf<typeof chaincodeIdMessage>, 'path'>;

const chaincodeInput = message('protos.ChaincodeInput', { args: bytesList(1), isInit: bool(3) });
const chaincodeSpec = message('protos.ChaincodeSpec', {
  type: int32(1),
  id: embedded(2, chaincodeIdMessage),
  input: embedded(3, chaincodeInput),
});
const invocationSpec = message('protos.ChaincodeInvocationSpec', {
  spec: embedded(1, chaincodeSpec),
});
const headerExtension = message('protos.ChaincodeHeaderExtension', {
  chaincode: embedded(2, chaincodeIdMessage),
});

/** The chaincode call that a proposal requests. */
export interface Invocation extends MessageOf<typeof chaincodeInput> {
  readonly chaincode: string;
}

/** protos.ChaincodeProposalPayload. */
interface ProposalPayload {
  /** ChaincodeInvocationSpec bytes. */
  readonly input: Uint8Array;
  /** Private input; it is not written to a block. */
  readonly transient: ReadonlyMap<string, Uint8Array>;
}

const proposalPayload = message('protos.ChaincodeProposalPayload', {
  input: bytes(1),
  transient: list(2, mapEntry),
});

/** `protos.ChaincodeHeaderExtension` bytes: the channel header's extension. */
export function encodeHeaderExtension(chaincode: string): Uint8Array {
  return headerExtension.encode({ chaincode: named(chaincode) });
}

/** The chaincode named by a channel header's extension, if any. @throws LedgerError MALFORMED_BYTES */
export function decodeHeaderExtension(bytes: Uint8Array): ChaincodeId | undefined {
  return headerExtension.decode(bytes).chaincode;
}

/** `protos.ChaincodeInvocationSpec` bytes. */
export function encodeInvocation(invocation: Invocation): Uint8Array {
  const id = named(invocation.chaincode);
  return invocationSpec.encode({ spec: { type: NODE, id, input: invocation } });
}

function named(name: string): MessageOf<typeof chaincodeIdMessage> {
  return { ...chaincodeIdMessage.zero, name };
}

/** @throws LedgerError MALFORMED_BYTES also when the spec or its input is absent (core/endorser/msgvalidation.go). */
export function decodeInvocation(bytes: Uint8Array): Invocation {
  const name = 'protos.ChaincodeInvocationSpec';
  const { spec } = invocationSpec.decode(bytes);
  if (spec === undefined) throw malformed(name, 'no chaincode spec');
  if (spec.input === undefined) throw malformed(name, 'no chaincode input');
  const { args, isInit } = spec.input;
  return { chaincode: spec.id?.name ?? '', args, isInit };
}

/** `protos.ChaincodeProposalPayload` bytes, transient entries sorted by key. */
export function encodeProposalPayload({ input, transient }: ProposalPayload): Uint8Array {
  const writer = new WireWriter().bytes(1, input);
  const entries = [...transient].sort(([left], [right]) => (left < right ? -1 : 1));
  for (const [key, value] of entries) writer.message(2, wholeEntry(key, value));
  return writer.finish();
}

/** @throws LedgerError MALFORMED_BYTES */
export function decodeProposalPayload(bytes: Uint8Array): ProposalPayload {
  const { input, transient } = proposalPayload.decode(bytes);
  return { input, transient: new Map(transient.map(({ key, value }) => [key, value])) };
}

/** Unlike other fields, map entries carry key and value even when empty. */
function wholeEntry(key: string, value: Uint8Array): Uint8Array {
  const text = utf8(key);
  return concat([
    Uint8Array.of(0x0a),
    encodeVarint(BigInt(text.length)),
    text,
    Uint8Array.of(0x12),
    encodeVarint(BigInt(value.length)),
    value,
  ]);
}
