import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { dataFolder } from '@yici/network';
import { parseTopology, prepareFolder } from '@yici/network/testing';
import { expect } from 'chai';
import { smallTopology } from '../../unit/topology/topologies.js';
import { yiciNetworkHere } from '../topology/support.js';

/** The files of a peer stand for one: what Fabric writes into them is Fabric's. */
describe('a Fabric peer whose host is lost', function () {
  this.timeout(60_000);
  const deep = `lifecycle/${'folder-of-a-long-name/'.repeat(5)}000001.ldb`;
  const files = {
    'fabric/alpha/peer/data/ledgersData/chains/chains/small/blockfile_000000': 'blocks',
    [`fabric/alpha/peer/data/${deep}`]: 'private data',
    'fabric/alpha/peer/data/externalbuilder/builds/yici-1/connection.json': 'of that day',
    'fabric/alpha/orderer/data/wal': 'what it signed',
  };
  let directory: string;
  let root: string;
  let key: string;
  /** The port at which the peer would tell how it is. */
  let operations: number;
  const at = (name: string) => join(directory, name);
  const node = (...args: string[]) => yiciNetworkHere('node', ...args, '--dir', root);
  const keys = () => ['--keys', at('keys.age'), '--passphrase-file', at('passphrase')];
  const alpha = ['--department', 'alpha'];

  before(async () => {
    const free = createServer().listen(0, '127.0.0.1');
    await once(free, 'listening');
    const address = free.address();
    operations = typeof address === 'object' ? (address?.port ?? 0) : 0;
    free.close();
    directory = mkdtempSync(join(tmpdir(), 'yici-peer-'));
    root = at('host');
    const [first, ...others] = smallTopology().departments;
    const departments = [
      { ...first!, ports: { ...first!.ports, peerOperations: operations } },
      ...others,
    ];
    const topology = parseTopology(smallTopology({ engine: 'fabric', departments }));
    prepareFolder(topology, dataFolder(root), new Date());
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(root, name)), { recursive: true });
      writeFileSync(join(root, name), text);
    }
    writeFileSync(at('passphrase'), 'of twelve and more\n');
    writeFileSync(at('other'), 'another passphrase\n');
    key = readFileSync(join(root, 'pki/alpha/ca/key.pem'), 'utf8');
  });
  after(() => {
    rmSync(directory, { recursive: true, force: true });
  });

  it('is backed up while it is stopped, its orderer never, its keys under a passphrase', async () => {
    const apart = ['--keys-out', at('keys.age'), '--passphrase-file', at('passphrase')];
    const { code, out, err } = await node('backup', '--out', at('peer.tar'), ...alpha, ...apart);
    expect(code, err).to.equal(0);
    expect(out).to.contain('排序节点的数据不备份').and.contain('node join');
    const bytes = readFileSync(at('peer.tar'));
    expect(bytes.includes('private data')).to.equal(true);
    for (const left of ['what it signed', 'of that day', 'PRIVATE KEY']) {
      expect(bytes.includes(left), left).to.equal(false);
    }
    const again = await node('backup', '--out', at('peer.tar'), ...alpha);
    expect(again.err, 'nothing is written over').to.contain('peer.tar');
    expect(readFileSync(at('peer.tar')).equals(bytes)).to.equal(true);
  });

  it('is not copied while it has its files open, be it that it hangs', async () => {
    const held = new Set<Socket>();
    const hanging = createServer((socket) => held.add(socket)).listen(operations, '127.0.0.1');
    await once(hanging, 'listening');
    const refused = await node('backup', '--out', at('hanging.tar'), ...alpha);
    hanging.close();
    // What asked is this same process, which would go on waiting at a connection that is kept.
    for (const socket of held) socket.destroy();
    expect(refused.err).to.contain('ALREADY_RUNNING').and.contain('peer0.alpha');
    expect(existsSync(at('hanging.tar'))).to.equal(false);
  });

  it('is not restored over its own data, nor to another department', async () => {
    expect((await node('restore', at('peer.tar'), ...alpha)).err).to.contain('BACKUP_OLDER');
    const beta = await node('restore', at('peer.tar'), '--department', 'beta');
    expect(beta.err).to.contain('BACKUP_FOREIGN');
  });

  it('is restored to an empty host with its keys, without its orderer’s data', async () => {
    rmSync(root, { recursive: true });
    const check = await node('restore', at('peer.tar'), '--check', ...keys());
    expect([check.code, existsSync(root)]).to.deep.equal([0, false]);
    const wrong = ['--keys', at('keys.age'), '--passphrase-file', at('other')];
    expect((await node('restore', at('peer.tar'), ...alpha, ...wrong)).err).to.contain(
      'BACKUP_LOCKED',
    );
    const { code, err } = await node('restore', at('peer.tar'), ...alpha, ...keys());
    expect(code, err).to.equal(0);
    expect(readFileSync(join(root, 'pki/alpha/ca/key.pem'), 'utf8')).to.equal(key);
    const [blocks, data, builder, orderer] = Object.keys(files).map((name) => join(root, name));
    expect([blocks, data].map((file = '') => readFileSync(file, 'utf8'))).to.deep.equal([
      'blocks',
      'private data',
    ]);
    expect([builder, orderer].map((file = '') => existsSync(file))).to.deep.equal([false, false]);
  });

  it('keeps keys that are there and are others', async () => {
    rmSync(join(root, 'fabric'), { recursive: true });
    writeFileSync(join(root, 'pki/alpha/ca/key.pem'), 'another key');
    const refused = await node('restore', at('peer.tar'), ...alpha, ...keys());
    expect(refused.err).to.contain('KEYS_DIFFER').and.contain('pki/alpha/ca/key.pem');
    expect(readFileSync(join(root, 'pki/alpha/ca/key.pem'), 'utf8')).to.equal('another key');
  });
});
