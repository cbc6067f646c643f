import { decodeIdentity } from '@yici/ledger';
import type { Target } from '../commands/proposals.js';
import { LedgerReader } from './ledger-reader.js';
import type { SeekIdentity } from './messages.js';
import type { PeerGateway } from './port.js';

/** A department's own peer, and an identity of that department to ask it with. */
export interface DepartmentPeer {
  readonly peer: Pick<PeerGateway, 'evaluate'>;
  readonly identity: SeekIdentity;
}

/** Readers of departments' own private collections: of the one this gateway stands at, and of others in one process. */
export class DepartmentReaders {
  readonly #readers = new Map<string, LedgerReader>();

  constructor(
    target: Target,
    own: DepartmentPeer,
    others: ReadonlyMap<string, DepartmentPeer>,
    now: () => Date,
  ) {
    const all = [[decodeIdentity(own.identity.creator).mspId, own] as const, ...others];
    for (const [mspId, department] of all) {
      this.#readers.set(mspId, new LedgerReader(target, { ...department, now }));
    }
  }

  of(mspId: string): LedgerReader | undefined {
    return this.#readers.get(mspId);
  }
}

/** What of the embedded network this needs: its departments' users, their keys, and each department's peer. */
export interface EmbeddedDepartments {
  readonly topology: {
    readonly departments: readonly {
      readonly mspId: string;
      readonly users: readonly { readonly name: string }[];
    }[];
  };
  identity(user: string): Promise<{ readonly certificatePem: string; readonly keyPem: string }>;
  peer(mspId: string): Pick<PeerGateway, 'evaluate'>;
}

/** Every department of an embedded network, each with its own peer and one of its own users. */
export async function embeddedDepartmentPeers(
  network: EmbeddedDepartments,
  identityOf: (mspId: string, certificatePem: string, keyPem: string) => SeekIdentity,
): Promise<Map<string, DepartmentPeer>> {
  const peers = new Map<string, DepartmentPeer>();
  for (const { mspId, users } of network.topology.departments) {
    const [user] = users;
    if (user === undefined) continue;
    const { certificatePem, keyPem } = await network.identity(user.name);
    const identity = identityOf(mspId, certificatePem, keyPem);
    peers.set(mspId, { peer: network.peer(mspId), identity });
  }
  return peers;
}
