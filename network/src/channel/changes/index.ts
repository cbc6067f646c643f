import { addDepartment } from './add-department.js';
import { addRoot } from './add-root.js';
import { anchorPeer } from './anchor-peer.js';
import { capabilities } from './capabilities.js';
import { consenterAddress } from './consenter-address.js';
import { consenterTls } from './consenter-tls.js';
import type { ChannelChange } from './model.js';
import { removeDepartment } from './remove-department.js';
import { replaceConsenter } from './replace-consenter.js';
import { retireRoot } from './retire-root.js';
import { revocationList } from './revocation-list.js';
import { set } from './set.js';

export type { ChannelChange, ReadyChange } from './model.js';

/** Every change of a channel that can be proposed. */
export const channelChanges: readonly ChannelChange[] = [
  set,
  addDepartment,
  removeDepartment,
  consenterAddress,
  consenterTls,
  replaceConsenter,
  anchorPeer,
  addRoot,
  retireRoot,
  revocationList,
  capabilities,
];
