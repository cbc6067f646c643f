import { orderer } from '@hyperledger/fabric-protos';
import {
  bftConsenters,
  isBft,
  quorumOf,
  type ChannelConfig,
  type ConfigGroup,
  type Consenter,
} from '@yici/ledger';
import { withRaftConsenters } from '../genesis/orderer.js';
import { editGroup, withPolicy, withValue } from './edit.js';

/**
 * The tree with these consenters. Under BFT the policy on blocks follows: an orderer refuses a config in which it is not the
 * quorum of exactly these consenters (orderer/consensus/smartbft/configverifier.go).
 */
export function withConsenters(
  config: ChannelConfig,
  tree: ConfigGroup,
  consenters: readonly Consenter[],
): ConfigGroup {
  return editGroup(tree, ['Orderer'], (group) =>
    isBft(config)
      ? withPolicy(
          withValue(group, 'Orderers', bftConsenters.encode({ consenters })),
          'BlockValidation',
          quorumOf(consenters),
        )
      : withConsensusMetadata(group, (metadata) =>
          withRaftConsenters(
            orderer.etcdraft.ConfigMetadata.deserializeBinary(metadata),
            consenters,
          ),
        ),
  );
}

/** The Orderer group with other options of the consensus; its type and state stay. */
export function withConsensusMetadata(
  group: ConfigGroup,
  edit: (metadata: Uint8Array) => Uint8Array,
): ConfigGroup {
  const type = orderer.ConsensusType.deserializeBinary(
    group.values.get('ConsensusType')?.value ?? new Uint8Array(0),
  );
  type.setMetadata(edit(type.getMetadata_asU8()));
  return withValue(group, 'ConsensusType', type.serializeBinary());
}

/** The number for one more consenter: numbers of former ones are not given again. */
export function nextConsenterId(consenters: readonly Consenter[]): number {
  return Math.max(0, ...consenters.map(({ id }) => id)) + 1;
}
