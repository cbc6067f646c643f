import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { blockMetadataIndex, metadataAt, parseBlock } from '@yici/ledger';
import { departmentPaths } from '@yici/network/testing';
import { expect } from 'chai';
import { Lab } from '../../support/peer/lab.js';
import { labDepartments, mspOf, type LabDepartment } from '../../support/peer/lab-topology.js';
import { fabricTool, needsFabric } from '../genesis/fabric.js';

const run = promisify(execFile);

describe("Fabric's own peer command at the embedded peer", function () {
  this.timeout(60_000);
  const opened: Lab[] = [];
  let lab: Lab;
  let directory = '';

  const rootOf = (department: LabDepartment): string =>
    departmentPaths(lab.directory, department).peer.tls.root;
  const ordering = (): string[] => [
    '-o',
    lab.peer.addresses.orderer ?? '',
    '--tls',
    '--cafile',
    departmentPaths(lab.directory, 'archive').orderer.tls.root,
  ];
  const endorsing = (...departments: LabDepartment[]): string[] =>
    departments.flatMap((one) => [
      '--peerAddresses',
      lab.addressOf(one),
      '--tlsRootCertFiles',
      rootOf(one),
    ]);

  const peer = async (
    args: readonly string[],
    department: LabDepartment = 'archive',
    user = 'clerk1',
  ): Promise<string> => {
    const { msp, tls } = departmentPaths(lab.directory, department).user(`${department}.${user}`);
    const { PATH = '', HOME = '' } = process.env;
    const { stdout, stderr } = await run(fabricTool('peer'), [...args], {
      cwd: directory,
      env: {
        PATH,
        HOME,
        FABRIC_CFG_PATH: join(dirname(dirname(fabricTool('peer'))), 'config'),
        FABRIC_LOGGING_SPEC: 'error:chaincodeCmd=info:grpc=error',
        CORE_PEER_TLS_ENABLED: 'true',
        CORE_PEER_TLS_ROOTCERT_FILE: rootOf(department),
        CORE_PEER_TLS_CLIENTAUTHREQUIRED: 'true',
        CORE_PEER_TLS_CLIENTCERT_FILE: tls.certificate,
        CORE_PEER_TLS_CLIENTKEY_FILE: tls.key,
        CORE_PEER_ADDRESS: lab.addressOf(department),
        CORE_PEER_LOCALMSPID: mspOf[department],
        CORE_PEER_MSPCONFIGPATH: msp.folder,
      },
    });
    return stdout + stderr;
  };

  before(async function () {
    needsFabric(this, 'peer');
    directory = await mkdtemp(join(tmpdir(), 'yici-peer-command-'));
    lab = await Lab.open();
    opened.push(lab);
    await lab.deploy({ name: 'lab', sequence: 1 });
  });

  after(async () => {
    await Promise.all(opened.map((one) => one.close()));
    await rm(directory, { recursive: true, force: true });
  });

  it('lists the channel and tells its height', async () => {
    expect(await peer(['channel', 'list'])).to.match(/Channels peers has joined:\s+lab/);
    const info = await peer(['channel', 'getinfo', '-c', 'lab']);
    expect(info).to.contain(`"height":${String(lab.ledger.height)}`);
  });

  it('fetches blocks from the peer with codes, from the orderer without', async () => {
    const codesOf = async (file: string): Promise<number> =>
      metadataAt(
        parseBlock(await readFile(join(directory, file))),
        blockMetadataIndex.transactionsFilter,
      ).length;
    await peer(['channel', 'fetch', 'newest', 'peer.block', '-c', 'lab']);
    expect(await codesOf('peer.block')).to.equal(1);
    await peer(['channel', 'fetch', 'newest', 'orderer.block', '-c', 'lab', ...ordering()]);
    expect(await codesOf('orderer.block')).to.equal(0);
    await peer(['channel', 'fetch', 'config', 'config.block', '-c', 'lab', ...ordering()]);
    expect(parseBlock(await readFile(join(directory, 'config.block'))).number).to.equal(0n);
  });

  it('invokes at two peers, waits for the commit at both, and queries', async () => {
    const put = ['-c', '{"Args":["put","cli","value"]}', '--waitForEvent'];
    const said = await peer([
      ...['chaincode', 'invoke', '-C', 'lab', '-n', 'lab', ...ordering()],
      ...endorsing('archive', 'budget'),
      ...put,
    ]);
    expect(said.match(/committed with status \(VALID\)/g)).to.have.length(2);
    const get = ['chaincode', 'query', '-C', 'lab', '-n', 'lab', '-c', '{"Args":["get","cli"]}'];
    expect(await peer(get, 'cadastre')).to.match(/^value$/m);
  });

  it('installs a service package, has it approved and committed, and shows it', async () => {
    await writeFile(
      join(directory, 'connection.json'),
      JSON.stringify({ address: lab.chaincodeAddress, dial_timeout: '10s', tls_required: false }),
    );
    await writeFile(
      join(directory, 'metadata.json'),
      JSON.stringify({ type: 'ccaas', label: 'made-by-hand_1.0' }),
    );
    await run('tar', ['cfz', 'code.tar.gz', 'connection.json'], { cwd: directory });
    await run('tar', ['cfz', 'made.tgz', 'metadata.json', 'code.tar.gz'], { cwd: directory });
    const packageId = (await peer(['lifecycle', 'chaincode', 'calculatepackageid', 'made.tgz']))
      .trim()
      .split('\n')
      .at(-1);
    const definition = ['-C', 'lab', '-n', 'made', '-v', '1.0', '--sequence', '1'];
    const lifecycle = ['lifecycle', 'chaincode'];
    for (const department of labDepartments) {
      const asAdmin = (args: string[]): Promise<string> => peer(args, department, 'admin');
      await asAdmin([...lifecycle, 'install', 'made.tgz']);
      expect(await asAdmin([...lifecycle, 'queryinstalled'])).to.contain(packageId);
      const approval = ['--package-id', packageId ?? ''];
      await asAdmin([...lifecycle, 'approveformyorg', ...ordering(), ...definition, ...approval]);
    }
    const readiness = await peer([...lifecycle, 'checkcommitreadiness', ...definition]);
    expect(readiness.match(/: true/g)).to.have.length(3);
    const everyone = endorsing(...labDepartments);
    await peer(
      [...lifecycle, 'commit', ...ordering(), ...definition, ...everyone],
      'archive',
      'admin',
    );
    const committed = await peer([...lifecycle, 'querycommitted', '-C', 'lab', '-n', 'made']);
    expect(committed).to.match(
      /Sequence: 1.*Approvals: \[ArchiveMSP: true, BudgetMSP: true, CadastreMSP: true\]/,
    );
    const all = await peer([...lifecycle, 'querycommitted', '-C', 'lab']);
    expect(all)
      .to.match(/Name: lab,/)
      .and.match(/Name: made,/);
  });

  it('is refused where Fabric’s peer would refuse it', async () => {
    const reason = async (work: Promise<string>): Promise<string> =>
      work.then(
        (said) => expect.fail(`it was not refused: ${said}`),
        (error: unknown) => String(error),
      );
    const lifecycle = ['lifecycle', 'chaincode'];
    expect(await reason(peer([...lifecycle, 'queryinstalled']))).to.contain('failed ACL check');
    expect(
      await reason(peer([...lifecycle, 'querycommitted', '-C', 'lab', '-n', 'nothing'])),
    ).to.contain('404 - namespace nothing is not defined');
    const failing = [
      'chaincode',
      'query',
      '-C',
      'lab',
      '-n',
      'lab',
      '-c',
      '{"Args":["fail","no"]}',
    ];
    expect(await reason(peer(failing))).to.contain('endorsement failure during query');
  });
});
