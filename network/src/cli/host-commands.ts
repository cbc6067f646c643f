import type { Command } from 'commander';
import type { NativeStatus } from '../fabric/status.js';
import type { Agreement } from '../render/agree.js';
import type { RenderOptions } from '../render/render.js';
import { addCommand, run, topologyOption, type Program } from './context.js';
import type { CommandContext, TopologyOption } from './context.js';

interface DepartmentOption {
  readonly department: string;
}

type RenderCommandOptions = TopologyOption & Omit<RenderOptions, 'directory' | 'topologyFile'>;

interface MakeKeysOptions extends DepartmentOption, TopologyOption {
  readonly passphraseFile?: string;
}

/** Commands for departments on separate hosts: own keys, the host's folder, its nodes. */
export function addHostCommands(root: Command, program: Program): void {
  addKeyCommands(root, program);
  addRenderCommand(root, program);
  addNodeCommands(root, program);
}

function addRenderCommand(root: Command, program: Program): void {
  addCommand(
    root,
    'render --department hrss --out ./hrss-host --at /var/lib/yici',
    'write what one department needs on its own host, and no key of another',
  )
    .requiredOption('--department <id>', 'whose host')
    .requiredOption('--out <folder>', 'folder to write')
    .option(...topologyOption)
    .option('--bin-dir <folder>', "Fabric's binaries here, for their sample settings")
    .option('--at <folder>', 'where the folder will be on that host (default: where it is written)')
    .option('--fabric <folder>', "Fabric's release on that host (default: as here)")
    .option('--program <folder>', 'this project on that host (default: as here)')
    .option('--node <file>', 'Node on that host (default: as here)')
    .option('--user <name>', 'system user that runs the services there', 'yici')
    .action(run(program, () => render));
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

function addKeyCommands(root: Command, program: Program): void {
  const keys = root
    .command('keys')
    .description('keys of one department, made where they stay, and the certificates that travel');
  addCommand(
    keys,
    'keys make --department hrss --topology city.yaml --dir ./hrss-keys',
    "make one department's keys and nobody else's",
  )
    .requiredOption('--department <id>', 'whose keys')
    .option(...topologyOption)
    .option(
      '--passphrase-file <file>',
      "what the roots' keys are sealed with: its first line (default: $YICI_ROOT_PASSPHRASE, else asked)",
    )
    .action(run(program, () => makeKeys));
  addCommand(
    keys,
    'keys export --department hrss --out hrss.certificates.json --dir ./hrss-keys',
    "write a department's public certificates into one file, for the others",
  )
    .requiredOption('--department <id>', 'whose certificates')
    .requiredOption('--out <file>', 'file to write')
    .action(run(program, () => exportKeys));
  addCommand(
    keys,
    'keys collect finance.certificates.json data.certificates.json --dir ./hrss-keys',
    "take other departments' public certificates in",
  )
    .argument('<files...>', 'what they wrote with keys export')
    .action(run(program, () => collect));
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
  const lines = taken.map(({ department, fingerprint }) => `${department}\t${fingerprint}`);
  output.result({ taken }, lines.join('\n'));
}

function addNodeCommands(root: Command, program: Program): void {
  const node = root
    .command('node')
    .description("one department's nodes on its own host, in a folder made by render");
  addCommand(node, 'node up --dir /var/lib/yici', 'start them, let them join and stay until Ctrl-C')
    .option('--bin-dir <folder>', "Fabric's binaries (default: those of fabric install)")
    .action(run(program, async () => (await import('./run-host.js')).runHost));
  const add = (name: string, description: string) =>
    addCommand(node, `node ${name} --dir /var/lib/yici`, description);
  add('join', 'let nodes that run already join the channel').action(run(program, () => join));
  add('approve', 'install the chaincode and approve it with the own key').action(
    run(program, () => approve),
  );
  add('commit', 'commit the definition when enough have approved').action(
    run(program, () => commit),
  );
  add('status', 'say how they are (exit 1 when one is not well)').action(
    run(program, () => nodeStatus),
  );
}

async function join({ folder, output }: CommandContext): Promise<void> {
  const { joinChannel } = await import('../render/host.js');
  const { department, topology } = await joinChannel(folder.root, output.progress);
  const { channel } = topology;
  output.result(
    { department: department.id, channel },
    `The nodes of ${department.id} are in ${channel}.`,
  );
}

async function approve({ folder, output }: CommandContext): Promise<void> {
  const { approveAsDepartment } = await import('../render/agree.js');
  const done = await approveAsDepartment(folder.root, output.progress);
  output.result(done, describeAgreement(done, 'has approved'));
}

async function commit({ folder, output }: CommandContext): Promise<void> {
  const { commitAsDepartment } = await import('../render/agree.js');
  const done = await commitAsDepartment(folder.root, output.progress);
  output.result(done, describeAgreement(done, 'sees committed'));
}

function describeAgreement({ department, chaincode, packageId }: Agreement, verb: string): string {
  const { name, version, sequence } = chaincode;
  return `${department} ${verb} ${name} ${version}, sequence ${sequence}, package ${packageId}`;
}

/** Prints the state of the department's nodes; returns whether all are well. */
async function nodeStatus({ folder, output }: CommandContext): Promise<boolean> {
  const { departmentStatus } = await import('../render/host.js');
  const status = await departmentStatus(folder.root);
  output.result(status, describeNodes(status));
  return status.nodes.every(({ state }) => state === 'up');
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
