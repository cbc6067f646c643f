import { NetworkError } from '../errors.js';
import type { TopologySource } from '../genesis/prepare.js';
import type { RunningNetwork } from '../supervisor/data-folder.js';
import type { Topology } from '../topology/schema.js';
import type { Logger } from './logger.js';
import type { PeerGateway } from './services/peer-gateway.js';

export interface OpenOptions extends TopologySource {
  readonly directory: string;
  readonly listen?: boolean;
  readonly logger?: Logger;
  readonly clock?: () => Date;
  readonly progress?: (text: string) => void;
}
export interface EmbeddedNetwork {
  readonly topology: Topology;
  readonly channel: string;
  readonly genesisHash: string;
  readonly running: RunningNetwork;
  peer(mspId: string): PeerGateway;
  close(): Promise<void>;
}
export function openEmbeddedNetwork(_options: OpenOptions): Promise<EmbeddedNetwork> {
  return Promise.reject(new NetworkError('NOT_RUNNING', 'not yet'));
}
