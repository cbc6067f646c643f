import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { fileURLToPath } from 'node:url';
import {
  backupSocket,
  readAccounts,
  restoreGateway,
  type DocumentSettings,
} from '@yici/gateway/testing';
import { serveBackup } from '@yici/network';
import { expect } from 'chai';
import { z } from 'zod';
import { Bucket, s3Of, secretVariable } from '../../support/gateway/bucket.js';
import { pdf, putDocument } from '../../support/domain/documents.js';
import { runYici } from '../../support/terminal.js';
import { yiciNetworkHere } from '../topology/support.js';
import { fileCase, filing, seed } from './support/story.js';
import { openWorld, type World } from './support/world.js';

const gatewayProgram = fileURLToPath(
  new URL('main.js', import.meta.resolve('@yici/gateway/testing')),
);
const passphrase = 'a passphrase for backups';
const listed = z.object({ objects: z.number() });
const restored = z.object({ restored: z.boolean(), before: z.string().optional() });

describe('a gateway and a ledger that are backed up at work, lost, and restored', function () {
  this.timeout(180_000);
  let directory: string;
  let kept: string;
  let world: World;
  let tokens: Readonly<Record<string, string>>;
  let acknowledged: string[] = [];
  let document = '';
  let draft = '';
  /** Documents are files before the loss, and objects of this store after it. */
  const bucket = new Bucket();
  let documents: (DocumentSettings & { readonly types: readonly string[] }) | undefined;

  const sealing = () => ({ keyFile: join(directory, 'state', 'keys', 'custody.key') });
  const scheduler = { enabled: true, everySeconds: 3_600, spreadSeconds: 0, inFlight: 1 };
  const open = () =>
    openWorld(
      { sealing: sealing(), scheduler, ...(documents && { documents }) },
      ...([false, undefined, { directory, topology: {} }] as const),
    );
  const fileIn = (name: string) => join(kept, name);

  /** `yici-gateway …`; the world keeps its gateway's folder beside the network's. */
  const gatewayIn = async (state: string, ...args: string[]) => {
    const env = {
      ...{ PATH: process.env['PATH'], YICI_CUSTODY_KEY: sealing().keyFile },
      [secretVariable]: process.env[secretVariable],
    };
    writeFileSync(fileIn('gateway.json'), JSON.stringify(documents ? { documents } : {}));
    const given = ['--config', fileIn('gateway.json'), '--state', state, '--lang', 'en', '--json'];
    const line = [gatewayProgram, ...args, ...given];
    const { stdout } = await promisify(execFile)(process.execPath, line, { env });
    return stdout;
  };
  const gateway = (...args: string[]) => gatewayIn(directory, ...args);
  /** How a restore is refused, by the function behind the command. */
  const refusal = async (name: string) => {
    const given = { file: fileIn(name), state: directory, by: sealing(), check: false };
    const error: unknown = await restoreGateway(given).catch((refused: unknown) => refused);
    return z.object({ code: z.string() }).parse(error).code;
  };
  const network = (...args: string[]) =>
    yiciNetworkHere('node', ...args, '--dir', join(directory, 'state'), '--json');
  const filed = async () => {
    const token = tokens['data.service1'] ?? '';
    const answer = await world.api.call('POST', '/v1/cases?wait=20', { token, body: filing });
    expect(answer.at('state'), answer.text).to.equal('committed');
    return answer.str('result.caseNo');
  };

  before(async () => {
    directory = mkdtempSync(join(tmpdir(), 'yici-lost-'));
    kept = mkdtempSync(join(tmpdir(), 'yici-kept-'));
    writeFileSync(fileIn('passphrase'), `${passphrase}\n`);
    await bucket.listen();
    world = await open();
    tokens = world.apiKeys;
    await seed(world.api);
  });
  after(async () => {
    await world.close();
    bucket.close();
    Reflect.deleteProperty(process.env, secretVariable);
    for (const folder of [directory, kept]) rmSync(folder, { recursive: true, force: true });
  });

  it('works, and is backed up while it works', async () => {
    acknowledged = [await fileCase(world.api, 'data.clerk1'), await filed()];
    document = (await putDocument(world.api, 'data.clerk1', pdf)).str('id');
    await world.api.get('supervision.supervisor1', `/v1/cases/${acknowledged[0] ?? ''}`);
    const given = { command: 'case.opinion', title: '意见', input: { answer: 'agree' } };
    draft = (await world.api.post('data.clerk1', '/v1/drafts', given)).str('id');

    await world.gateway.anchoring.tick();

    // As `yici-gateway` itself does when it starts.
    const socket = backupSocket(join(directory, 'gateway'));
    const close = await serveBackup(socket, world.gateway.backup, console);
    let working = true;
    const work = (async () => {
      const during: string[] = [];
      while (working) during.push(await filed());
      return during;
    })();
    const keys = ['--keys-out', fileIn('keys.age'), '--passphrase-file', fileIn('passphrase')];
    const node = await network('backup', '--out', fileIn('node.tar'), ...keys);
    const own = await gateway('backup', '--out', fileIn('gateway.tar'));
    working = false;
    expect(await work).to.not.have.length(0);
    await close();
    expect(node.code, node.err).to.equal(0);
    expect(z.object({ height: z.number() }).parse(JSON.parse(own)).height).to.be.above(10);
  });

  it('writes neither file where one of them is there already, or both are the same', async () => {
    const passphrase = ['--passphrase-file', fileIn('passphrase')];
    for (const keys of ['keys.age', 'second.tar']) {
      const names = ['--out', fileIn('second.tar'), '--keys-out', fileIn(keys)];
      const { code, err } = await network('backup', ...names, ...passphrase);
      expect(code, err).to.equal(3);
      expect(err).to.contain(`${keys} exists already`);
      expect(existsSync(fileIn('second.tar'))).to.equal(false);
    }
  });

  it('has no key and no API key in what is not under the passphrase', () => {
    const secrets = [
      'PRIVATE KEY',
      ...Object.values(tokens),
      readFileSync(sealing().keyFile, 'utf8'),
    ];
    for (const name of ['node.tar', 'gateway.tar', 'keys.age']) {
      const bytes = readFileSync(fileIn(name));
      for (const secret of secrets) expect(bytes.includes(secret), name).to.equal(false);
    }
    expect(readFileSync(fileIn('keys.age'), 'latin1')).to.match(
      /^age-encryption\.org\/v1\n-> scrypt /,
    );
  });

  it('refuses to be restored while it runs, or with less than is there', async () => {
    const check = await network('restore', fileIn('node.tar'), '--check');
    expect(check.err).to.contain('BACKUP_OLDER');
    expect((await network('restore', fileIn('node.tar'))).err).to.contain('DATA_FOLDER_LOCKED');
    expect(await refusal('gateway.tar')).to.equal('STATE_FOLDER_LOCKED');
    await world.gateway.close();
    expect(await refusal('gateway.tar')).to.equal('BACKUP_OLDER');
    await world.network.close();
  });

  it('is lost, refuses a damaged backup and a wrong key, and comes back from the whole one', async () => {
    for (const name of readdirSync(directory)) {
      rmSync(join(directory, name), { recursive: true, force: true });
    }
    expect(await refusal('gateway.tar'), 'without what it was sealed with').to.equal(
      'KEY_STORE_UNREADABLE',
    );
    const keys = ['--keys', fileIn('keys.age'), '--passphrase-file', fileIn('passphrase')];
    const ledger = await network('restore', fileIn('node.tar'), ...keys);
    expect(ledger.code, ledger.err).to.equal(0);
    const stopped = await network('backup', '--out', fileIn('stopped.tar'));
    const heightIn = ({ out }: { readonly out: string }) =>
      z.object({ height: z.number() }).parse(JSON.parse(out)).height;
    expect(heightIn(stopped), 'of a ledger that is stopped').to.equal(heightIn(ledger));
    const bytes = readFileSync(fileIn('gateway.tar'));
    const middle = Math.floor(bytes.length / 2);
    bytes.writeUInt8(bytes.readUInt8(middle) ^ 1, middle);
    writeFileSync(fileIn('damaged.tar'), bytes);
    writeFileSync(fileIn('short.tar'), bytes.subarray(0, middle));
    for (const name of ['damaged.tar', 'short.tar']) {
      expect(await refusal(name), name).to.equal('BACKUP_DAMAGED');
    }
    expect(await refusal('node.tar')).to.equal('BACKUP_FOREIGN');
    const missing = await gateway('restore', fileIn('missing.tar')).catch(
      (error: unknown) => error,
    );
    expect(z.object({ stderr: z.string(), code: z.number() }).parse(missing))
      .to.include({ code: 3 })
      .and.have.property('stderr')
      .that.contains('STATE_FOLDER_UNUSABLE');
    expect(existsSync(join(directory, 'gateway')), 'nothing half-written').to.equal(false);
    const checked = await gateway('restore', '--check', fileIn('gateway.tar'));
    expect(restored.parse(JSON.parse(checked))).to.deep.equal({ restored: false });
    documents = { maxBytes: 50_000_000, types: ['application/pdf'], store: s3Of(bucket.place) };
    expect(existsSync(join(directory, 'gateway'))).to.equal(false);
    const done = await gateway('restore', fileIn('gateway.tar'));
    expect(restored.parse(JSON.parse(done))).to.deep.equal({ restored: true });
    world = await open();
  });

  it('has everything that was acknowledged before: cases, document, journal of reads, draft, accounts', async () => {
    for (const caseNo of acknowledged) {
      expect((await world.api.get('data.clerk1', `/v1/cases/${caseNo}`)).status, caseNo).to.equal(
        200,
      );
    }
    const content = await world.api.fetch('data.clerk1', `/v1/documents/${document}/content`);
    expect(Buffer.from(await content.arrayBuffer()).equals(pdf)).to.equal(true);
    expect((await world.api.get('data.clerk1', `/v1/drafts/${draft}`)).at('id')).to.equal(draft);
    expect([...bucket.objects.values()], 'brought to the store').to.have.length(1);
    const reads = await world.api.get('data.head1', '/v1/reads');
    expect(reads.text).to.contain(acknowledged[0]);
    expect(readAccounts(join(directory, 'gateway', 'custody'))).to.have.length(3);
    await filed();
  });

  it('has a journal whose lines follow each other', async () => {
    const identity = join(directory, 'state', 'identities', 'supervision.supervisor1');
    const line = ['audit', 'journal', '--json', '--identity', identity, '--gateway', world.url];
    const { out } = await runYici(line, { YICI_HOME: kept });
    expect(JSON.parse(out[0] ?? '')).to.deep.include({ holds: true, findings: [] });
  });

  it('says in its journal that it was backed up and restored', async () => {
    const lines = await world.api.get('data.admin', '/v1/journal?limit=200');
    const kinds = lines.each('items', 'kind');
    expect(kinds).to.include.members(['gateway.restore', 'gateway.backup']);
    expect(kinds.indexOf('gateway.restore')).to.equal(kinds.indexOf('gateway.backup') - 1);
  });

  it('copies documents out of an object store, or only holds them to their digests there', async () => {
    const socket = backupSocket(join(directory, 'gateway'));
    const close = await serveBackup(socket, world.gateway.backup, console);
    const take = async (name: string, ...more: string[]) =>
      listed.parse(JSON.parse(await gateway('backup', '--out', fileIn(name), ...more)));
    expect((await take('copied.tar')).objects).to.equal(0);
    expect((await take('listed.tar', '--documents-in-place')).objects).to.equal(1);
    await close();
    const [[path, bytes]] = [...bucket.objects] as [[string, Buffer]];
    expect(readFileSync(fileIn('copied.tar')).includes(bytes)).to.equal(true);
    expect(readFileSync(fileIn('listed.tar')).includes(bytes)).to.equal(false);
    const check = (name: string) =>
      gatewayIn(join(kept, 'elsewhere'), 'restore', '--check', fileIn(name)).then(
        () => 'whole',
        (error: unknown) => z.object({ stderr: z.string() }).parse(error).stderr,
      );
    expect([await check('copied.tar'), await check('listed.tar')]).to.deep.equal([
      ...['whole', 'whole'],
    ]);
    bucket.objects.set(path, Buffer.concat([bytes.subarray(1), bytes.subarray(0, 1)]));
    expect(await check('listed.tar'), 'changed').to.match(/DOCUMENT_MISSING/);
    bucket.objects.delete(path);
    expect(await check('listed.tar'), 'gone').to.match(/DOCUMENT_MISSING/);
    expect(await check('copied.tar')).to.equal('whole');
    bucket.objects.set(path, bytes);
  });

  it('is audited VERIFIED from the first block to one after the restore', async () => {
    const blocks = join(kept, 'blocks');
    await yiciNetworkHere('blocks', 'export', '--dir', join(directory, 'state'), '--out', blocks);
    const pin = world.network.genesisHash;
    const { exitCode, out } = await runYici(['audit', 'verify', blocks, '--pin', pin, '--json']);
    expect([exitCode, out[0]]).to.satisfy(
      ([code, text]: [number, string]) => code === 0 && text.includes('VERIFIED'),
    );
  });
});
