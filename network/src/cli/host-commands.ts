import type { Command } from 'commander';
import type { NativeStatus } from '../fabric/status.js';
import type { Agreement } from '../render/agree.js';
import {
  contextOf,
  withCommon,
  type CliEnvironment,
  type CommandContext,
  type CommonOptions,
  type TopologyOption,
} from './context.js';
import { exitCodes } from './exit.js';

/** What the commands of this file need of the program. */
interface HostProgram {
  readonly environment: CliEnvironment;
  exitCode: number;
}

interface RenderCommandOptions extends CommonOptions, TopologyOption {
  readonly department: string;
  readonly out: string;
  readonly at?: string;
  readonly binDir?: string;
  readonly fabric?: string;
  readonly program?: string;
  readonly node?: string;
  readonly user?: string;
}

interface DepartmentOption extends CommonOptions, TopologyOption {
  readonly department: string;
}

interface MakeKeysOptions extends DepartmentOption {
  readonly passphraseFile?: string;
}

/** Commands for departments on separate hosts: own keys, the host's folder, its nodes. */
export function addHostCommands(program: Command, state: HostProgram): void {
  addKeyCommands(program, state);
  addRenderCommand(program, state);
  addNodeCommands(program, state);
}

function addRenderCommand(program: Command, state: HostProgram): void {
  withCommon(
    program
      .command('render')
      .description('write what one department needs on its own host, and no key of another'),
    'render --department hrss --out ./hrss-host --at /var/lib/yici',
  )
    .requiredOption('--department <id>', 'whose host')
    .requiredOption('--out <folder>', 'folder to write')
    .option('--topology <file>', "topology file (default: the folder's own, else the demo)")
    .option('--bin-dir <folder>', "Fabric's binaries here, for their sample settings")
    .option('--at <folder>', 'where the folder will be on that host (default: where it is written)')
    .option('--fabric <folder>', "Fabric's release on that host (default: as here)")
    .option('--program <folder>', 'this project on that host (default: as here)')
    .option('--node <file>', 'Node on that host (default: as here)')
    .option('--user <name>', 'system user that runs the services there', 'yici')
    .action(run(state, render));
}

async function render(
  { folder, output }: CommandContext,
  { topology: topologyFile, ...options }: RenderCommandOptions,
): Promise<void> {
  const { renderDepartment } = await import('../render/render.js');
  const report = renderDepartment({ ...options, topologyFile, directory: folder.root });
  output.result(
    report,
    [
      `${report.department} is in ${report.out}, ${report.files.length} files. Next: INSTRUCTIONS.md in it.`,
      `genesis hash ${report.genesisHash}`,
    ].join('\n'),
  );
}

function addKeyCommands(program: Command, state: HostProgram): void {
  const keys = program
    .command('keys')
    .description('keys of one department, made where they stay, and the certificates that travel');
  withCommon(
    keys.command('make').description("make one department's keys and nobody else's"),
    'keys make --department hrss --topology city.yaml --dir ./hrss-keys',
  )
    .requiredOption('--department <id>', 'whose keys')
    .option('--topology <file>', "topology file (default: the folder's own, else the demo)")
    .option(
      '--passphrase-file <file>',
      "what the roots' keys are sealed with: its first line (default: $YICI_ROOT_PASSPHRASE, else asked)",
    )
    .action(run(state, makeKeys));
  withCommon(
    keys
      .command('export')
      .description("write a department's public certificates into one file, for the others"),
    'keys export --department hrss --out hrss.certificates.json --dir ./hrss-keys',
  )
    .requiredOption('--department <id>', 'whose certificates')
    .requiredOption('--out <file>', 'file to write')
    .action(run(state, exportKeys));
  withCommon(
    keys
      .command('collect')
      .description("take other departments' public certificates in")
      .argument('<files...>', 'what they wrote with keys export'),
    'keys collect finance.certificates.json data.certificates.json --dir ./hrss-keys',
  ).action(async (files: string[], options: CommonOptions) => {
    await collect(contextOf(options, state.environment), files);
  });
}

async function makeKeys(
  { folder, output, environment }: CommandContext,
  { topology: file, department, passphraseFile }: MakeKeysOptions,
): Promise<void> {
  const { makeDepartmentKeys } = await import('../render/keys.js');
  const { rootPassphrase } = await import('./passphrase.js');
  const passphrase = await rootPassphrase(passphraseFile, environment.env);
  const { made } = makeDepartmentKeys(folder, file, department, passphrase);
  output.result(
    { department, folder: folder.root, certificates: made.length },
    `${department}: ${made.length} certificates made in ${folder.root}; the keys of its roots are under the passphrase`,
  );
}

async function exportKeys(
  { folder, output }: CommandContext,
  { department, out }: DepartmentOption & { readonly out: string },
): Promise<void> {
  const { exportCertificates } = await import('../render/certificates-file.js');
  const { networkTopology } = await import('../render/render.js');
  const topology = networkTopology(folder, undefined);
  const report = exportCertificates(topology, folder.root, department, out);
  output.result(
    { ...report, out },
    `${out} holds the certificates of ${department}; read this out to whoever takes it in:\n${report.fingerprint}`,
  );
}

async function collect(
  { folder, output }: CommandContext,
  files: readonly string[],
): Promise<void> {
  const { collectCertificates } = await import('../render/certificates-file.js');
  const { networkTopology } = await import('../render/render.js');
  const topology = networkTopology(folder, undefined);
  const taken = files.map((file) => collectCertificates(topology, folder.root, file));
  output.result(
    { taken },
    taken.map(({ department, fingerprint }) => `${department}\t${fingerprint}`).join('\n'),
  );
}

function addNodeCommands(program: Command, state: HostProgram): void {
  const node = program
    .command('node')
    .description("one department's nodes on its own host, in a folder made by render");
  withCommon(
    node.command('up').description('start them, let them join and stay until Ctrl-C'),
    'node up --dir /var/lib/yici',
  )
    .option('--bin-dir <folder>', "Fabric's binaries (default: those of fabric install)")
    .action(
      run(state, async (context, options: CommonOptions & { readonly binDir?: string }) => {
        const { runHost } = await import('./run-host.js');
        await runHost(context, options);
      }),
    );
  withCommon(
    node.command('join').description('let nodes that run already join the channel'),
    'node join --dir /var/lib/yici',
  ).action(run(state, join));
  addAgreementCommands(node, state);
  withCommon(
    node.command('status').description('say how they are (exit 1 when one is not well)'),
    'node status --dir /var/lib/yici',
  ).action(
    run(state, async ({ folder, output }) => {
      const { departmentStatus } = await import('../render/host.js');
      const status = await departmentStatus(folder.root);
      output.result(status, describeNodes(status));
      if (status.nodes.some((each) => each.state !== 'up')) state.exitCode = exitCodes.checkFailed;
    }),
  );
}

function addAgreementCommands(node: Command, state: HostProgram): void {
  withCommon(
    node.command('approve').description('install the chaincode and approve it with the own key'),
    'node approve --dir /var/lib/yici',
  ).action(
    run(state, async ({ folder, output }) => {
      const { approveAsDepartment } = await import('../render/agree.js');
      const done = await approveAsDepartment(folder.root, (text) => {
        output.progress(text);
      });
      output.result(done, describeAgreement(done, 'has approved'));
    }),
  );
  withCommon(
    node.command('commit').description('commit the definition when enough have approved'),
    'node commit --dir /var/lib/yici',
  ).action(
    run(state, async ({ folder, output }) => {
      const { commitAsDepartment } = await import('../render/agree.js');
      const done = await commitAsDepartment(folder.root, (text) => {
        output.progress(text);
      });
      output.result(done, describeAgreement(done, 'sees committed'));
    }),
  );
}

async function join({ folder, output }: CommandContext): Promise<void> {
  const { joinChannel } = await import('../render/host.js');
  const { department, topology } = await joinChannel(folder.root, (text) => {
    output.progress(text);
  });
  const { channel } = topology;
  output.result(
    { department: department.id, channel },
    `The nodes of ${department.id} are in ${channel}.`,
  );
}

function describeAgreement({ department, chaincode, packageId }: Agreement, verb: string): string {
  const { name, version, sequence } = chaincode;
  return `${department} ${verb} ${name} ${version}, sequence ${sequence}, package ${packageId}`;
}

function describeNodes({ nodes, chaincode }: NativeStatus): string {
  const lines = nodes.map(({ name, state, address, height, leads, certificateEnds }) =>
    [
      name,
      state,
      address,
      height === undefined ? '-' : `height ${height}`,
      leads === true ? 'leads' : '',
      `certificate until ${certificateEnds.slice(0, 10)}`,
    ].join('\t'),
  );
  const committed =
    chaincode === undefined
      ? 'chaincode: not known'
      : `chaincode: ${chaincode.name} ${chaincode.version}, sequence ${chaincode.sequence}`;
  return [...lines, committed].join('\n');
}

function run<Options extends CommonOptions>(
  state: HostProgram,
  action: (context: CommandContext, options: Options) => Promise<void>,
): (options: Options) => Promise<void> {
  return (options) => action(contextOf(options, state.environment), options);
}
