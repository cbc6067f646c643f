import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readerRoles, valuesCollection } from '@yici/domain/model';
import {
  compileSignaturePolicy,
  decodeCollections,
  decodeSignaturePolicy,
  encodeCollections,
  encodeIdentity,
  parseConfigBlock,
} from '@yici/ledger';
import { dataFolder } from '@yici/network';
import {
  allUsers,
  definitionOf,
  departmentPaths,
  parseTopology,
  prepareFolder,
  readUser,
  valuesCollections,
} from '@yici/network/testing';
import { expect } from 'chai';
import { worldTopology } from '../../integration/gateway/support/world.js';

describe('the collections that confidential values are kept in', () => {
  const directory = mkdtempSync(join(tmpdir(), 'yici-values-'));
  const topology = parseTopology(worldTopology);
  const prepared = prepareFolder(topology, dataFolder(directory), new Date());
  const config = parseConfigBlock(prepared.genesisBlock);
  const collections = decodeCollections(encodeCollections(valuesCollections(config)));
  after(() => {
    rmSync(directory, { recursive: true, force: true });
  });

  it('have names as Fabric takes them', () => {
    for (const mspId of ['HrssMSP', 'a.b-c.MSP', 'A']) {
      for (const role of readerRoles) {
        // core/chaincode/lifecycle/scc.go collectionNameRegExp
        expect(valuesCollection(mspId, role)).to.match(/^[A-Za-z0-9-]+([A-Za-z0-9_-]+)*$/);
      }
    }
  });

  it('are one for each department and reading role, read by members only', () => {
    const names = topology.departments
      .map(({ mspId }) => mspId)
      .sort()
      .flatMap((mspId) => readerRoles.map((role) => valuesCollection(mspId, role)));
    expect(collections.map(({ name }) => name)).to.deep.equal(names);
    for (const one of collections) {
      expect(one).to.include({ memberOnlyRead: true, memberOnlyWrite: false, blockToLive: 0n });
    }
  });

  it('stay when their department leaves the channel, with nobody as a member', () => {
    const { application } = config;
    const organizations = application!.organizations.filter(({ mspId }) => mspId !== 'OfficesMSP');
    const without = { ...config, application: { ...application!, organizations } };
    const other = { ...collections[0]!, name: 'others' };
    const next = valuesCollections(without, [...collections, other]);
    const [stay, left] = [next.slice(0, -readerRoles.length), next.slice(-readerRoles.length)];
    expect(stay).to.deep.equal(valuesCollections(without));
    expect(left.map(({ name }) => name)).to.deep.equal(
      readerRoles.map((role) => valuesCollection('OfficesMSP', role)),
    );
    for (const { memberPolicy } of decodeCollections(encodeCollections(left))) {
      expect(decodeSignaturePolicy(memberPolicy).principals).to.deep.equal([]);
    }
    // It may come back: what is committed of it is no obstacle.
    expect(valuesCollections(config, next)).to.deep.equal(valuesCollections(config));
  });

  it('are those that are committed until the next sequence, whoever joined since', () => {
    const { sequence } = topology.chaincode;
    const committed = (of: number) => ({
      ...definitionOf(topology, config, undefined),
      sequence: of,
      collections: collections.slice(readerRoles.length),
    });
    const late = definitionOf(topology, config, committed(sequence));
    expect(late.collections).to.deep.equal(collections.slice(readerRoles.length));
    const next = definitionOf(topology, config, committed(sequence - 1));
    expect(next.collections).to.have.length(collections.length);
  });

  it('have the department’s peer and the bearers of the role as members, and nobody else', () => {
    const people = allUsers(topology).map(({ user, department }) => {
      const { certificatePem } = readUser(topology, directory, user.name);
      return { ...department, who: user.name, unit: user.role, certificatePem };
    });
    const peers = topology.departments.map((department) => {
      const { certificate } = departmentPaths(directory, department.id).peer.msp;
      const who = `peer of ${department.id}`;
      return {
        ...department,
        who,
        unit: 'peer',
        certificatePem: readFileSync(certificate, 'utf8'),
      };
    });
    for (const { name, memberPolicy } of collections) {
      const policy = compileSignaturePolicy(decodeSignaturePolicy(memberPolicy));
      const isMember = ({ mspId, certificatePem }: { mspId: string; certificatePem: string }) => {
        const bytes = encodeIdentity(mspId, certificatePem);
        const identity = config.msps.get(mspId)!.validate(bytes);
        return policy.evaluate([{ identity, bytes }]).satisfied;
      };
      const meant = [...people, ...peers].filter(({ mspId, unit }) =>
        unit === 'peer' ? name.startsWith(`values-${mspId}-`) : name === `values-${mspId}-${unit}`,
      );
      const members = [...people, ...peers].filter(isMember);
      expect(
        members.map(({ who }) => who),
        name,
      ).to.deep.equal(meant.map(({ who }) => who));
    }
  });
});
