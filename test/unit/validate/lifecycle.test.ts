import { expect } from 'chai';
import { peer } from '@hyperledger/fabric-protos';
import {
  approvalName,
  approvedDefinition,
  CHAINCODE_SOURCES,
  chaincodeDefinition,
  decodeCollections,
  definitionStructure,
  encodeCollections,
  fieldKey,
  hashKey,
  implicitCollection,
  implicitCollectionOf,
  LedgerError,
  localPackageStructure,
  metadataKey,
  NAMESPACES,
  parametersStructure,
  sha256,
  storeStructure,
  structureMismatches,
  type Collection,
  type LifecycleStore,
} from '@yici/ledger';
import { implicitCollectionOwner } from '@yici/ledger/testing';
import { definition, policyBytes, stateWith } from '../../support/ledger/lab.js';

class RecordingStore implements LifecycleStore {
  readonly values = new Map<string, Uint8Array>();
  log: string[] = [];

  get(key: string): Uint8Array | undefined {
    return this.values.get(key);
  }

  put(key: string, bytes: Uint8Array): void {
    this.log.push(`put ${key}`);
    this.values.set(key, bytes);
  }

  delete(key: string): void {
    this.log.push(`delete ${key}`);
    this.values.delete(key);
  }
}

const collection: Collection = {
  ...implicitCollectionOf('HrssMSP'),
  name: 'sealed',
  requiredPeerCount: 1,
  maximumPeerCount: 2,
  blockToLive: 9n,
  memberOnlyRead: true,
  memberOnlyWrite: false,
  endorsementPolicy: policyBytes(`OR('HrssMSP.peer')`),
};

describe('chaincode definitions', () => {
  it('come out of the state as they went in', () => {
    const item = definition({ sequence: 3, initRequired: true, collections: [collection] });
    expect(chaincodeDefinition(stateWith({ matters: item }), 'matters')).to.deep.equal(item);
  });

  it('are undefined for a chaincode that nobody committed, and built in for the lifecycle', () => {
    expect(chaincodeDefinition(stateWith({}), 'matters')).to.equal(undefined);
    expect(chaincodeDefinition(stateWith({}), '_lifecycle')?.sequence).to.equal(0);
  });

  it('are stored under Fabric’s keys as Fabric’s messages', () => {
    const store = new RecordingStore();
    const item = definition({ collections: [collection] });
    storeStructure(store, NAMESPACES, 'matters', definitionStructure(item));
    expect(store.log).to.deep.equal([
      'put namespaces/fields/matters/Sequence',
      'put namespaces/fields/matters/EndorsementInfo',
      'put namespaces/fields/matters/ValidationInfo',
      'put namespaces/fields/matters/Collections',
      'put namespaces/metadata/matters',
    ]);
    const field = (name: string): peer.lifecycle.StateData =>
      peer.lifecycle.StateData.deserializeBinary(
        store.values.get(fieldKey(NAMESPACES, 'matters', name)) ?? new Uint8Array(0),
      );
    expect(field('Sequence').getInt64()).to.equal(1);
    const info = peer.lifecycle.ChaincodeValidationInfo.deserializeBinary(
      field('ValidationInfo').getBytes_asU8(),
    );
    expect(info.getValidationPlugin()).to.equal('vscc');
    const metadata = peer.lifecycle.StateMetadata.deserializeBinary(
      store.values.get(metadataKey(NAMESPACES, 'matters')) ?? new Uint8Array(0),
    );
    expect(metadata.toObject()).to.deep.equal({
      datatype: 'ChaincodeDefinition',
      fieldsList: ['Sequence', 'EndorsementInfo', 'ValidationInfo', 'Collections'],
    });
  });

  it('write again only what changed', () => {
    const store = new RecordingStore();
    storeStructure(store, NAMESPACES, 'matters', definitionStructure(definition()));
    store.log = [];
    const next = definition({ sequence: 2, version: '2.0' });
    storeStructure(store, NAMESPACES, 'matters', definitionStructure(next));
    expect(store.log).to.deep.equal([
      'put namespaces/fields/matters/Sequence',
      'put namespaces/fields/matters/EndorsementInfo',
    ]);
  });

  it('replace a structure of another shape and remove its other fields', () => {
    const store = new RecordingStore();
    storeStructure(store, NAMESPACES, 'x', localPackageStructure('label:1'));
    store.log = [];
    storeStructure(store, NAMESPACES, 'x', parametersStructure(definition()));
    expect(store.log.slice(-2)).to.deep.equal([
      'put namespaces/metadata/x',
      'delete namespaces/fields/x/PackageID',
    ]);
  });

  it('cannot be read when something else is stored there', () => {
    const store = new RecordingStore();
    storeStructure(store, NAMESPACES, 'x', localPackageStructure('label:1'));
    const state = {
      get: (_: string, key: string) => {
        const value = store.get(key);
        return value && { value, version: { block: 1n, tx: 0 } };
      },
    };
    expect(() => chaincodeDefinition(state, 'x')).to.throw(LedgerError, 'not a chaincode');
  });
});

describe('approvals', () => {
  const name = approvalName('matters', 1);
  const approve = (): RecordingStore => {
    const store = new RecordingStore();
    storeStructure(store, NAMESPACES, name, parametersStructure(definition()));
    storeStructure(store, CHAINCODE_SOURCES, name, localPackageStructure('matters_1.0:abc'));
    return store;
  };
  const hashesOf = (store: RecordingStore): ((key: string) => Uint8Array | undefined) => {
    const hashes = new Map(
      [...store.values].map(([key, bytes]) => [hex(hashKey(key)), sha256(bytes)]),
    );
    return (key) => hashes.get(hex(hashKey(key)));
  };

  it('are known to match a definition by their hashes alone', () => {
    const hashOf = hashesOf(approve());
    const compare = (changes: Parameters<typeof definition>[0]): readonly string[] =>
      structureMismatches(hashOf, NAMESPACES, name, parametersStructure(definition(changes)));
    expect(compare({})).to.deep.equal([]);
    expect(compare({ version: '2.0' })).to.deep.equal(['EndorsementInfo']);
    expect(compare({ collections: [collection], validationPlugin: 'x' })).to.deep.equal([
      'ValidationInfo',
      'Collections',
    ]);
    const nobody = structureMismatches(
      () => undefined,
      NAMESPACES,
      name,
      parametersStructure(definition()),
    );
    expect(nobody).to.deep.equal(['ChaincodeParameters']);
  });

  it('name the package that the organisation runs', () => {
    const store = approve();
    const approved = approvedDefinition((key) => store.get(key), 'matters', 1);
    expect(approved?.packageId).to.equal('matters_1.0:abc');
    expect(approved?.version).to.equal('1.0');
    expect(approvedDefinition((key) => store.get(key), 'matters', 2)).to.equal(undefined);
  });
});

describe('collections', () => {
  it('are written and read as Fabric’s messages', () => {
    const bytes = encodeCollections([collection]);
    expect(decodeCollections(bytes)).to.deep.equal([collection]);
    const message = peer.CollectionConfigPackage.deserializeBinary(bytes);
    const config = message.getConfigList()[0]?.getStaticCollectionConfig();
    expect(config?.getName()).to.equal('sealed');
    expect(config?.getBlockToLive()).to.equal(9);
    expect(config?.getMemberOrgsPolicy()?.getSignaturePolicy()?.getIdentitiesList()).to.have.length(
      1,
    );
    expect(Buffer.from(message.serializeBinary()).equals(bytes)).to.equal(true);
  });

  it('of an organisation are told by their name', () => {
    expect(implicitCollection('HrssMSP')).to.equal('_implicit_org_HrssMSP');
    expect(implicitCollectionOwner('_implicit_org_HrssMSP')).to.equal('HrssMSP');
    expect(implicitCollectionOwner('sealed')).to.equal(undefined);
  });
});

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}
