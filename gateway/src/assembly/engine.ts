import type { SigningIdentity } from '@yici/ledger';
import type { AccountIdentity } from '../custody/account-files.js';
import type { OwnPeers } from '../peer/own-peers.js';
import type { PeerGateway } from '../peer/port.js';

/** The basis of a gateway: one peer and the gateway's identity for it. */
export interface Engine {
  readonly kind: 'embedded' | 'fabric';
  readonly channel: string;
  readonly chaincode: string;
  readonly peer: PeerGateway;
  readonly identity: SigningIdentity;
  /** Other departments' own peers in the same process. */
  readonly departments?: OwnPeers;
  /** Why the ledger in this process cannot currently be written. */
  readonly ledgerFailure?: () => string | undefined;
  /** Whether a peer of the list `fallback` stands in at present; absent where there is none. */
  readonly standingIn?: () => boolean;
  /** Common name of the gateway's certificate. */
  readonly user: string;
  /** Service accounts whose keys this gateway stores. */
  readonly custodial: readonly AccountIdentity[];
  readonly close: () => Promise<void>;
}
