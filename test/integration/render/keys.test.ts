import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { dataFolder } from '@yici/network';
import {
  collectCertificates,
  collectFromGenesis,
  departmentPaths,
  exportCertificates,
  genesisHashOf,
  makeDepartmentKeys,
  NetworkError,
  parseTopology,
  readTopology,
  renderDepartment,
  type RenderReport,
  type TopologyInput,
} from '@yici/network/testing';
import { expect } from 'chai';
import { stringify } from 'yaml';
import {
  filesOf,
  isOwn,
  keysIn,
  operatorFolder,
  releaseFolder,
  topology as given,
  topologyIn,
} from './support.js';

const ids = ['north', 'east', 'south', 'west'];

describe('keys that are made where they stay', () => {
  const topology = parseTopology(given);
  let directory = '';
  let file = '';
  let binDir = '';

  before(() => {
    directory = mkdtempSync(join(tmpdir(), 'yici-keys-'));
    file = topologyIn(directory);
    binDir = releaseFolder(directory);
    for (const id of ids) {
      makeDepartmentKeys(dataFolder(keysOf(id)), file, id, 'a sentence of the test');
      exportCertificates(topology, keysOf(id), id, sent(id));
    }
  });

  after(() => {
    rmSync(directory, { recursive: true, force: true });
  });

  const keysOf = (id: string) => join(directory, 'keys', id);
  const sent = (id: string) => join(directory, `${id}.json`);
  const place = (id: string, out = `host-${id}`) => {
    return { directory: keysOf(id), department: id, out: join(directory, out), binDir };
  };
  const render = (id: string, out = `host-${id}`): RenderReport => renderDepartment(place(id, out));

  it('are one department’s alone', () => {
    expect(
      [...filesOf(join(keysOf('north'), 'pki')).keys()].every((path) => path.startsWith('north/')),
    ).to.be.true;
  });

  it('send nothing but certificates to the others', () => {
    for (const id of ids) {
      const text = readFileSync(sent(id), 'utf8');
      expect(text).not.to.contain('PRIVATE');
      for (const key of keysIn(keysOf(id)).values()) {
        expect(text).not.to.contain(key.split('\n')[1]);
      }
    }
  });

  it('do not make a host while another department’s certificates are missing', () => {
    collectCertificates(topology, keysOf('north'), sent('east'));
    expect(() => render('north'))
      .to.throw(NetworkError)
      .that.includes({ code: 'CERTIFICATES_MISSING' })
      .and.has.nested.property('details.departments')
      .that.deep.equals(['south', 'west']);
  });

  it('give every department the same genesis block, each from its own folder, which keeps it', () => {
    for (const own of ids) {
      for (const other of ids) collectCertificates(topology, keysOf(own), sent(other));
    }
    const rendered = ids.map((id) => render(id));
    expect(rendered.map(({ genesisMade }) => genesisMade)).to.deep.equal(ids.map(() => true));
    const folders = [...ids.map(keysOf), ...rendered.map(({ out }) => out)];
    const blocks = folders.map((folder) => readFileSync(join(folder, 'genesis.block')));
    for (const block of blocks) expect(block.equals(blocks[0]!)).to.be.true;
    for (const id of ids) {
      const keys = [...keysIn(join(directory, `host-${id}`)).keys()];
      expect(keys).to.have.length.greaterThan(5);
      expect(keys.every((path) => isOwn(path, id))).to.be.true;
    }
  });

  it('let a department that joins later have the block of the network that exists, and no other', () => {
    const wider = join(directory, 'wider.yaml');
    const [first] = given.departments;
    const centre = { ...first!, id: 'centre', mspId: 'CENTREMSP', host: '10.9.0.9', users: [] };
    const all: TopologyInput = { ...given, departments: [...given.departments, centre] };
    writeFileSync(wider, stringify(all));
    makeDepartmentKeys(dataFolder(keysOf('centre')), wider, 'centre', 'a sentence of the test');
    exportCertificates(parseTopology(all), keysOf('centre'), 'centre', sent('centre'));
    const genesis = join(directory, 'host-north', 'genesis.block');
    const take = (pin: string) =>
      collectFromGenesis(parseTopology(all), dataFolder(keysOf('centre')), { file: genesis, pin });
    expect(() => take('ab'.repeat(32)))
      .to.throw(NetworkError)
      .with.property('code', 'GENESIS_MISMATCH');
    const pin = genesisHashOf(readFileSync(genesis));
    expect(take(pin).map(({ department }) => department)).to.deep.equal(ids);
    for (const id of ids) collectCertificates(parseTopology(all), keysOf('centre'), sent(id));
    const joined = renderDepartment(place('centre'));
    expect(readFileSync(join(joined.out, 'genesis.block')).equals(readFileSync(genesis))).to.be
      .true;

    makeDepartmentKeys(dataFolder(keysOf('north')), wider, 'north', 'a sentence of the test');
    expect(() => render('north'))
      .to.throw(NetworkError)
      .with.property('code', 'CERTIFICATES_MISSING');
    collectCertificates(parseTopology(all), keysOf('north'), sent('centre'));
    const again = render('north');
    const named = renderDepartment({ ...place('north', 'named'), genesis });
    for (const report of [joined, again, render('north', 'elsewhere'), named]) {
      expect([report.genesisMade, report.genesisHash]).to.deep.equal([false, pin]);
    }
    const other = join(operatorFolder(join(directory, 'other')), 'genesis.block');
    expect(() => renderDepartment({ ...place('north', 'another'), genesis: other }))
      .to.throw(NetworkError)
      .that.includes({ code: 'GENESIS_MISMATCH' })
      .and.has.nested.property('details.file', join(keysOf('north'), 'genesis.block'));
    expect(readFileSync(join(again.out, 'topology.yaml'), 'utf8')).to.include('CENTREMSP');
    expect(() => renderDepartment({ ...place('centre'), genesis: wider }))
      .to.throw(NetworkError)
      .with.property('code', 'GENESIS_MISMATCH');
  });

  it('get the certificates of lost roots back from the first block, and render the same host', () => {
    const genesis = join(directory, 'host-west', 'genesis.block');
    const { ca, tlsca } = departmentPaths(keysOf('west'), 'west');
    const before = [ca, tlsca].map(({ certificate }) => readFileSync(certificate, 'utf8'));
    for (const { certificate } of [ca, tlsca]) rmSync(dirname(certificate), { recursive: true });
    expect(() =>
      makeDepartmentKeys(dataFolder(keysOf('west')), file, 'west', 'a sentence of the test'),
    )
      .to.throw(NetworkError)
      .with.property('code', 'ROOT_LOST');
    const pin = genesisHashOf(readFileSync(genesis));
    collectFromGenesis(topology, dataFolder(keysOf('west')), { file: genesis, pin });
    expect([ca, tlsca].map(({ certificate }) => readFileSync(certificate, 'utf8'))).to.deep.equal(
      before,
    );
    expect(render('west').genesisHash).to.equal(pin);
  });

  it('are told the same number on both sides, to be read out', () => {
    const out = join(directory, 'again.json');
    const { fingerprint } = exportCertificates(topology, keysOf('west'), 'west', out);
    expect(collectCertificates(topology, keysOf('east'), out).fingerprint).to.equal(fingerprint);
    expect(fingerprint).to.match(/^([0-9a-f]{4} ){15}[0-9a-f]{4}$/);
  });

  describe('and what another department sends', () => {
    const change = (name: string, edit: (value: Record<string, unknown>) => void) => {
      const value = JSON.parse(readFileSync(sent('west'), 'utf8')) as Record<string, unknown>;
      edit(value);
      const out = join(directory, `${name}.json`);
      writeFileSync(out, JSON.stringify(value));
      return out;
    };
    const fresh = (name: string) => {
      const folder = join(directory, 'fresh', name);
      mkdirSync(folder, { recursive: true });
      return folder;
    };
    const refuses = (code: string, source: string, folder = fresh('any')) => {
      const before = filesOf(folder);
      expect(() => collectCertificates(topology, folder, source))
        .to.throw(NetworkError)
        .with.property('code', code);
      expect(filesOf(folder)).to.deep.equal(before);
    };

    it('is refused when it is no such file or carries a key', () => {
      const text = join(directory, 'text.json');
      writeFileSync(text, 'hello');
      refuses('CERTIFICATES_INVALID', text);
      const key = [...keysIn(keysOf('west')).values()][0]!;
      refuses(
        'CERTIFICATES_INVALID',
        change('key', (value) => (value['root'] = key)),
      );
      refuses(
        'CERTIFICATES_INVALID',
        change('both', (value) => (value['root'] = `${String(value['root'])}${key}`)),
      );
    });

    it('is named when it is not there, or is a folder: a file of certificates, the first block, a topology', () => {
      const asked = { file: join(directory, 'no.block'), pin: 'ab' };
      const readers: readonly (readonly [string, string, () => unknown])[] = [
        [
          'CERTIFICATES_INVALID',
          'no.json',
          () => collectCertificates(topology, directory, 'no.json'),
        ],
        [
          'GENESIS_MISMATCH',
          asked.file,
          () => collectFromGenesis(topology, dataFolder(directory), asked),
        ],
        ['TOPOLOGY_INVALID', 'no.yaml', () => readTopology('no.yaml')],
      ];
      for (const [code, named, read] of readers) {
        expect(read).to.throw(NetworkError, `${named} does not exist`).with.property('code', code);
      }
      expect(() => collectCertificates(topology, directory, directory)).to.throw('is a folder');
    });

    it('is refused when it speaks for a department of another MSP, or of none', () => {
      refuses(
        'CERTIFICATES_INVALID',
        change('msp', (value) => (value['mspId'] = 'EASTMSP')),
      );
      refuses(
        'CERTIFICATES_INVALID',
        change('who', (value) => (value['department'] = '../up')),
      );
      refuses(
        'CERTIFICATES_INVALID',
        change('less', (value) => delete value['orderer']),
      );
    });

    it('is refused when its orderer was not certified by its own root', () => {
      const east = JSON.parse(readFileSync(sent('east'), 'utf8')) as Record<string, unknown>;
      refuses(
        'CERTIFICATES_INVALID',
        change('mixed', (value) => (value['orderer'] = east['orderer'])),
      );
      refuses(
        'CERTIFICATES_INVALID',
        change('swap', (value) => (value['root'] = value['tlsRoot'])),
      );
    });

    it('never replaces what was taken before', () => {
      const folder = fresh('before');
      collectCertificates(topology, folder, sent('west'));
      const before = filesOf(folder);
      const other = join(directory, 'keys', 'west-again');
      makeDepartmentKeys(dataFolder(other), file, 'west', 'a sentence of the test');
      const out = join(directory, 'west-again.json');
      exportCertificates(topology, other, 'west', out);
      refuses('KEYS_DIFFER', out, folder);
      expect(filesOf(folder)).to.deep.equal(before);
    });
  });
});
