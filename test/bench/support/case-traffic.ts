import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import {
  buildEnvelope,
  buildProposal,
  buildResponsePayload,
  buildTransactionPayload,
  createSigner,
  decodeTxRwSet,
  encodeChaincodeEvent,
  encodeIdentity,
  encodeTxRwSet,
  endorsementMessage,
  type TxRwSet,
} from '@yici/ledger';
import { departmentPaths, type Topology } from '@yici/network/testing';
import type { Specimen } from './specimen.js';

/** Who signs: serialized identity and key. */
export interface Signatory {
  readonly identity: Uint8Array;
  readonly sign: (message: Uint8Array) => Uint8Array;
}

/** An MSP folder's certificate and key. */
export function signatory(
  mspId: string,
  files: { readonly certificate: string; readonly key: string },
): Signatory {
  return {
    identity: encodeIdentity(mspId, readFileSync(files.certificate)),
    sign: createSigner(readFileSync(files.key, 'utf8')),
  };
}

/** Every department's peer, by MSP id. */
export function peersOf(topology: Topology, directory: string): ReadonlyMap<string, Signatory> {
  return new Map(
    topology.departments.map(({ id, mspId }) => [
      mspId,
      signatory(mspId, departmentPaths(directory, id).peer.msp),
    ]),
  );
}

/**
 * Copies of a committed `case.submit` under new case numbers, signed anew by the same client and the same departments, so
 * that a ledger takes them as it took the first: the traffic of a long chain without a chaincode.
 */
export class CaseTraffic {
  readonly #specimen: Specimen;
  readonly #client: Signatory;
  readonly #endorsers: readonly Signatory[];
  readonly #caseNo: string;
  #made = 0;

  constructor(specimen: Specimen, client: Signatory, peers: Iterable<Signatory>) {
    this.#specimen = specimen;
    this.#client = client;
    const asked = specimen.transaction.endorsements.map(({ endorser }) => text(endorser));
    this.#endorsers = [...peers].filter(({ identity }) => asked.includes(text(identity)));
    this.#caseNo =
      /"caseNo":"([^"]+)"/.exec(text(specimen.transaction.response.payload))?.[1] ?? '';
  }

  /** The next envelope. */
  next(): Uint8Array {
    const { envelope, transaction } = this.#specimen;
    const change = this.#renumbering();
    const { transactionId, bytes: proposalBytes } = buildProposal({
      channel: envelope.channelHeader.channelId,
      chaincode: transaction.chaincode,
      args: transaction.args.map(change),
      creator: this.#client.identity,
      nonce: randomBytes(24),
      timestamp: new Date(),
    });
    const { event, response, chaincode: name, chaincodeVersion: version } = transaction;
    const responsePayload = buildResponsePayload({
      proposalBytes,
      results: encodeTxRwSet(renumbered(decodeTxRwSet(transaction.results), change)),
      events:
        event &&
        encodeChaincodeEvent({ ...event, txId: transactionId, payload: change(event.payload) }),
      response: { ...response, payload: change(response.payload) },
      chaincode: { name, version },
    });
    const endorsements = this.#endorsers.map(({ identity, sign }) => ({
      endorser: identity,
      signature: sign(endorsementMessage(responsePayload, identity)),
    }));
    const payload = buildTransactionPayload({ proposalBytes, responsePayload, endorsements });
    return buildEnvelope(payload, this.#client.sign(payload));
  }

  /** The next number has the same length: task code, eight digits for the day, four for the case. */
  #renumbering(): (bytes: Uint8Array) => Uint8Array {
    const digits = String(this.#made++).padStart(12, '0');
    const [taskCode] = this.#caseNo.split('-');
    const fresh = `${taskCode ?? ''}-${digits.slice(0, 8)}-${digits.slice(8)}`;
    return (bytes) => Buffer.from(text(bytes).replaceAll(this.#caseNo, fresh), 'latin1');
  }
}

function renumbered(rwset: TxRwSet, change: (bytes: Uint8Array) => Uint8Array): TxRwSet {
  const key = (name: string) => Buffer.from(change(Buffer.from(name))).toString();
  return rwset.map((set) => ({
    ...set,
    reads: set.reads.map((read) => ({ ...read, key: key(read.key) })),
    writes: set.writes.map((write) => ({
      ...write,
      key: key(write.key),
      value: change(write.value),
    })),
  }));
}

function text(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
}
