import type { AccountIdentity } from '../custody/account-files.js';
import type { SeekIdentity } from '../peer/messages.js';
import type { OwnPeers } from '../peer/own-peers.js';
import type { PeerGateway } from '../peer/port.js';

/** What lies under a gateway: one peer and who the gateway is to it. */
export interface Engine {
  readonly kind: 'embedded' | 'fabric';
  readonly channel: string;
  readonly chaincode: string;
  readonly peer: PeerGateway;
  readonly identity: SeekIdentity;
  /** Other departments' own peers in the same process. */
  readonly departments?: OwnPeers;
  /** Why the ledger in this process cannot be written at present. */
  readonly ledgerFailure?: () => string | undefined;
  /** The common name the gateway's own certificate carries. */
  readonly user: string;
  /** Service accounts whose keys this gateway is to keep. */
  readonly custodial: readonly AccountIdentity[];
  readonly close: () => Promise<void>;
}
