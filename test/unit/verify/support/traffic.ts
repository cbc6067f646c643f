import {
  definitionStructure,
  LIFECYCLE_NAMESPACE,
  NAMESPACES,
  proposeConfigUpdate,
  storeStructure,
  WireWriter,
  type ChannelConfig,
  type ConfigGroup,
} from '@yici/ledger';
import { decodeConfigEnvelope, encodeConfigEnvelope } from '@yici/ledger/testing';
import { editGroup, value, withValue } from '../../../support/ledger/channel.js';
import { configUpdate } from '../../../support/ledger/config-update.js';
import { definition, type Lab } from '../../../support/ledger/lab.js';
import type { Person } from '../../../support/ledger/organization.js';
import {
  CHAINCODE,
  configEnvelope,
  namespace,
  transaction,
  type TransactionInput,
} from '../../../support/ledger/transaction.js';

/** The transaction that commits the definition of the labs' chaincode. */
export function defineChaincode(lab: Lab): Uint8Array {
  const writes: { key: string; isDelete: boolean; value: Uint8Array }[] = [];
  const store = {
    get: () => undefined,
    put: (key: string, bytes: Uint8Array) => {
      writes.push({ key, isDelete: false, value: bytes });
    },
    delete: () => undefined,
  };
  storeStructure(store, NAMESPACES, CHAINCODE, definitionStructure(definition()));
  return transaction({
    creator: lab.hrss.admin,
    endorsers: [lab.hrss.peer, lab.finance.peer, lab.data.peer],
    chaincode: LIFECYCLE_NAMESPACE,
    rwset: [namespace({ name: LIFECYCLE_NAMESPACE, writes })],
  }).envelope;
}

/** A transaction that a majority of the departments endorsed. */
export function endorsed(lab: Lab, input: Partial<TransactionInput>): Uint8Array {
  return transaction({
    creator: lab.hrss.client,
    endorsers: [lab.hrss.peer, lab.finance.peer],
    ...input,
  }).envelope;
}

/** Who changes a channel's config: whose admin signs the update, and which orderer orders it. */
export interface ConfigChange {
  readonly orderer: Person;
  readonly admin: Person;
}

/** A CONFIG envelope that sets the batch timeout. */
export function newTimeout(config: ChannelConfig, text: string, by: ConfigChange): Uint8Array {
  return configEnvelope(
    by.orderer,
    proposeConfigUpdate(config, timeoutUpdate(config, text, by.admin)),
  );
}

/** {@link newTimeout}, but the update inside is signed by somebody who may not change it. */
export function forgedTimeout(
  config: ChannelConfig,
  text: string,
  by: ConfigChange,
  forger: Person,
): Uint8Array {
  const honest = proposeConfigUpdate(config, timeoutUpdate(config, text, by.admin));
  const lastUpdate = timeoutUpdate(config, text, forger);
  const data = encodeConfigEnvelope({ config: decodeConfigEnvelope(honest).config, lastUpdate });
  return configEnvelope(by.orderer, data);
}

/** A CONFIG_UPDATE envelope. */
function timeoutUpdate(config: ChannelConfig, text: string, admin: Person): Uint8Array {
  return configUpdate({ config, tree: timeout(config.tree, text), admins: [admin] });
}

function timeout(tree: ConfigGroup, text: string): ConfigGroup {
  return editGroup(tree, ['Orderer'], (inner) =>
    withValue(inner, 'BatchTimeout', value(new WireWriter().string(1, text).finish())),
  );
}
