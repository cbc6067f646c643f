import { malformed, WireReader } from '../wire/reader.js';
import { NONE, encodeVarint, utf8, WireWriter, concat } from '../wire/writer.js';

/** protos.ChaincodeSpec.Type.NODE. Peers ignore the type; the Node client writes this one. */
const NODE = 2;

/** protos.ChaincodeID without its path. */
export interface ChaincodeId {
  readonly name: string;
  readonly version: string;
}

/** The chaincode call that a proposal requests. */
export interface Invocation {
  readonly chaincode: string;
  readonly args: readonly Uint8Array[];
  readonly isInit: boolean;
}

/** protos.ChaincodeProposalPayload. */
interface ProposalPayload {
  /** ChaincodeInvocationSpec bytes. */
  readonly input: Uint8Array;
  /** Private input; it is not written to a block. */
  readonly transient: ReadonlyMap<string, Uint8Array>;
}

/** `protos.ChaincodeID` bytes; an empty version is left out. */
export function encodeChaincodeId(id: ChaincodeId): Uint8Array {
  return new WireWriter().string(2, id.name).string(3, id.version).finish();
}

/** @throws LedgerError MALFORMED_BYTES */
export function decodeChaincodeId(bytes: Uint8Array): ChaincodeId {
  const reader = new WireReader(bytes, 'protos.ChaincodeID');
  let name = '';
  let version = '';
  while (reader.next()) {
    switch (reader.tag) {
      case 0x0a:
        // The path is not used, but a string that is not UTF-8 makes the message invalid.
        reader.string();
        break;
      case 0x12:
        name = reader.string();
        break;
      case 0x1a:
        version = reader.string();
        break;
      default:
        reader.skip();
    }
  }
  return { name, version };
}

/** `protos.ChaincodeHeaderExtension` bytes: the channel header's extension. */
export function encodeHeaderExtension(chaincode: string): Uint8Array {
  return new WireWriter().message(2, encodeChaincodeId({ name: chaincode, version: '' })).finish();
}

/** The chaincode named by a channel header's extension, if any. @throws LedgerError MALFORMED_BYTES */
export function decodeHeaderExtension(bytes: Uint8Array): ChaincodeId | undefined {
  const id = onlyMessage(bytes, 0x12, 'protos.ChaincodeHeaderExtension');
  return id && decodeChaincodeId(id);
}

/** `protos.ChaincodeInvocationSpec` bytes. */
export function encodeInvocation(invocation: Invocation): Uint8Array {
  const input = new WireWriter().repeated(1, invocation.args).bool(3, invocation.isInit);
  const spec = new WireWriter()
    .varint(1, NODE)
    .message(2, encodeChaincodeId({ name: invocation.chaincode, version: '' }))
    .message(3, input);
  return new WireWriter().message(1, spec).finish();
}

/** @throws LedgerError MALFORMED_BYTES also when the spec or its input is absent (core/endorser/msgvalidation.go). */
export function decodeInvocation(bytes: Uint8Array): Invocation {
  const name = 'protos.ChaincodeInvocationSpec';
  const spec = onlyMessage(bytes, 0x0a, name);
  if (spec === undefined) throw malformed(name, 'no chaincode spec');
  const reader = new WireReader(spec, 'protos.ChaincodeSpec');
  let id: Uint8Array | undefined;
  let input: Uint8Array | undefined;
  while (reader.next()) {
    switch (reader.tag) {
      case 0x12:
        id = reader.message(id);
        break;
      case 0x1a:
        input = reader.message(input);
        break;
      default:
        reader.skip();
    }
  }
  if (input === undefined) throw malformed(name, 'no chaincode input');
  const { args, isInit } = decodeInput(input);
  return { chaincode: decodeChaincodeId(id ?? NONE).name, args, isInit };
}

function decodeInput(bytes: Uint8Array): Pick<Invocation, 'args' | 'isInit'> {
  const reader = new WireReader(bytes, 'protos.ChaincodeInput');
  const args: Uint8Array[] = [];
  let isInit = false;
  while (reader.next()) {
    switch (reader.tag) {
      case 0x0a:
        args.push(reader.bytes());
        break;
      case 0x18:
        isInit = reader.bool();
        break;
      default:
        reader.skip();
    }
  }
  return { args, isInit };
}

/** `protos.ChaincodeProposalPayload` bytes, transient entries sorted by key. */
export function encodeProposalPayload(payload: ProposalPayload): Uint8Array {
  const writer = new WireWriter().bytes(1, payload.input);
  for (const key of [...payload.transient.keys()].sort()) {
    writer.message(2, mapEntry(key, payload.transient.get(key) ?? NONE));
  }
  return writer.finish();
}

/** @throws LedgerError MALFORMED_BYTES */
export function decodeProposalPayload(bytes: Uint8Array): ProposalPayload {
  const reader = new WireReader(bytes, 'protos.ChaincodeProposalPayload');
  const transient = new Map<string, Uint8Array>();
  let input = NONE;
  while (reader.next()) {
    switch (reader.tag) {
      case 0x0a:
        input = reader.bytes();
        break;
      case 0x12: {
        const [key, value] = decodeMapEntry(reader.bytes());
        transient.set(key, value);
        break;
      }
      default:
        reader.skip();
    }
  }
  return { input, transient };
}

/** Decodes a message of which only one embedded message is needed. */
function onlyMessage(bytes: Uint8Array, tag: number, name: string): Uint8Array | undefined {
  const reader = new WireReader(bytes, name);
  let found: Uint8Array | undefined;
  while (reader.next()) {
    if (reader.tag === tag) found = reader.message(found);
    else reader.skip();
  }
  return found;
}

/** Unlike other fields, map entries carry key and value even when empty. */
function mapEntry(key: string, value: Uint8Array): Uint8Array {
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

function decodeMapEntry(bytes: Uint8Array): [string, Uint8Array] {
  const reader = new WireReader(bytes, 'protos.ChaincodeProposalPayload.TransientMapEntry');
  let key = '';
  let value = NONE;
  while (reader.next()) {
    switch (reader.tag) {
      case 0x0a:
        key = reader.string();
        break;
      case 0x12:
        value = reader.bytes();
        break;
      default:
        reader.skip();
    }
  }
  return [key, value];
}
