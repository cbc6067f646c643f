import { readFileSync } from 'node:fs';
import type { Issue } from '@yici/terminal/issues';
import { expect } from 'chai';
import {
  consenters,
  demoTopologyFile,
  NetworkError,
  parseTopology,
  parseTopologyYaml,
  readTopology,
  toMermaid,
  usersOf,
} from '@yici/network/testing';
import { department, smallTopology } from './topologies.js';

function issuesOf(value: unknown): Issue[] {
  try {
    parseTopology(value);
  } catch (error) {
    expect(error).to.be.instanceOf(NetworkError);
    expect(error).to.have.property('code', 'TOPOLOGY_INVALID');
    if (error instanceof NetworkError) return error.details['issues'] as Issue[];
  }
  return [];
}

const pathsOf = (value: unknown) => issuesOf(value).map(({ path }) => path);

describe('a topology', () => {
  it('fills in every default from the schema', () => {
    const topology = parseTopology(smallTopology());
    expect(topology.engine).to.equal('embedded');
    expect(topology.ordering).to.equal('bft');
    expect(topology.policies.endorsement).to.equal('MAJORITY Endorsement');
    expect(topology.policies.lifecycleEndorsement).to.equal('MAJORITY Endorsement');
    expect(topology.chaincode.name).to.equal('yici');
    expect(topology.departments[0]?.host).to.equal('127.0.0.1');
  });

  it('reports every offending path at once', () => {
    const value = {
      ...smallTopology(),
      channel: 'NOT VALID',
      departments: [{ ...department('alpha', 1), regionCode: '33', level: 'galaxy' }],
    };
    expect(pathsOf(value)).to.have.members([
      'channel',
      'departments.0.regionCode',
      'departments.0.level',
    ]);
    for (const { message, words } of issuesOf(value)) {
      expect(words.en).to.equal(message);
      expect(words.zh).to.match(/^\p{Script=Han}/u);
    }
  });

  it('refuses a field it does not know', () => {
    const [issue] = issuesOf({ ...smallTopology(), chanel: 'x' });
    expect(issue?.message).to.contain('chanel');
    expect(issue?.words.zh).to.equal('没有 chanel 这一项');
  });

  it('refuses an MSP, a department, a user or a port named twice', () => {
    const twice = { ...department('alpha', 1), ports: { peer: 7051, orderer: 7051 } };
    expect(pathsOf(smallTopology({ departments: [twice, twice] }))).to.include.members([
      'departments.1.id',
      'departments.1.mspId',
      'departments.1.users.0.name',
      'departments.0.ports.orderer',
      'departments.1.ports.peer',
    ]);
  });

  it('takes MSP ids that differ only in case for the same, since folders would be', () => {
    const other = { ...department('beta', 2), mspId: 'ALPHAMSP' };
    expect(pathsOf(smallTopology({ departments: [department('alpha', 1), other] }))).to.deep.equal([
      'departments.1.mspId',
    ]);
  });

  it('allows one port on two hosts', () => {
    const departments = [
      { ...department('alpha', 1), host: '10.0.0.1', ports: { peer: 7051, orderer: 7050 } },
      { ...department('beta', 2), host: '10.0.0.2', ports: { peer: 7051 } },
    ];
    expect(issuesOf(smallTopology({ departments }))).to.deep.equal([]);
  });

  it('wants a user to be named after its department', () => {
    const stray = {
      ...department('beta', 2),
      users: [{ name: 'alpha.guest', role: 'clerk' as const }],
    };
    expect(pathsOf(smallTopology({ departments: [department('alpha', 1), stray] }))).to.deep.equal([
      'departments.1.users.0.name',
    ]);
  });

  it('refuses consenters that survive no fault unless told so', () => {
    const departments = ['a', 'b', 'c'].map((id) => ({
      ...department(id, 1),
      mspId: `${id}MSP`,
      orderer: true,
    }));
    expect(
      issuesOf(smallTopology({ departments, allowNoFaultTolerance: false }))[0]?.message,
    ).to.contain('3 consenters survive no fault');
    expect(
      issuesOf(smallTopology({ departments, allowNoFaultTolerance: false, ordering: 'raft' })),
    ).to.deep.equal([]);
  });

  it('wants an orderer port of a consenter', () => {
    const alpha = { ...department('alpha', 1), ports: { peer: 0 } };
    expect(pathsOf(smallTopology({ departments: [alpha] }))).to.deep.equal([
      'departments.0.ports.orderer',
    ]);
  });

  it('refuses YAML that is not YAML, or names a key twice', () => {
    expect(() => parseTopologyYaml('version: 1\nversion: 1\n')).to.throw(NetworkError, /unique/i);
    expect(() => parseTopologyYaml('a: [')).to.throw(NetworkError);
  });

  it('says so when the file is not there', () => {
    expect(() => readTopology('/no/such/file.yaml'))
      .to.throw(NetworkError)
      .with.property('code', 'TOPOLOGY_INVALID');
  });

  it('has an administrator in every department, named or not', () => {
    const topology = parseTopology(smallTopology());
    expect(usersOf(topology.departments[0]!).map(({ name }) => name)).to.include('alpha.admin');
  });
});

describe('the demo topology', () => {
  it('holds fourteen departments, four of them consenters', () => {
    const topology = readTopology(demoTopologyFile);
    expect(topology.channel).to.equal('lishui');
    expect(topology.departments.map(({ mspId }) => mspId)).to.deep.equal([
      'EstablishmentMSP',
      'FinanceMSP',
      'HrssMSP',
      'GovernmentOfficesMSP',
      'DataBureauMSP',
      'SupervisionMSP',
      'OrganizationMSP',
      'DrcMSP',
      'NrpMSP',
      'ConstructionMSP',
      'MedicalSecurityMSP',
      'HousingFundMSP',
      'ArchivesMSP',
      'ReformOfficeMSP',
    ]);
    expect(consenters(topology)).to.have.length(4);
  });

  it('has clerks and heads everywhere, service accounts, a supervisor and a gateway', () => {
    const text = readFileSync(demoTopologyFile, 'utf8');
    const topology = parseTopologyYaml(text);
    for (const each of topology.departments) {
      const names = usersOf(each).map(({ name }) => name);
      for (const role of ['clerk1', 'head1', 'admin']) {
        expect(names).to.include(`${each.id}.${role}`);
      }
    }
    for (const user of ['supervision.supervisor1', 'data.gateway', 'data.service1']) {
      expect(text).to.contain(user);
    }
  });

  it('has a second person wherever whoever made something may not check it', () => {
    const { departments } = readTopology(demoTopologyFile);
    for (const each of departments) {
      const withRole = (role: string) => usersOf(each).filter((user) => user.role === role).length;
      expect(withRole('head'), each.id).to.be.at.least(2);
      if (each.functions.includes('supervision'))
        expect(withRole('supervisor'), each.id).to.be.at.least(2);
    }
  });

  it('is drawn as a Mermaid flowchart that names every department', () => {
    const topology = readTopology(demoTopologyFile);
    const picture = toMermaid(topology);
    expect(picture).to.match(/^flowchart LR\n/);
    for (const { mspId, name } of topology.departments) {
      expect(picture).to.contain(mspId).and.to.contain(name.zh);
    }
  });
});
