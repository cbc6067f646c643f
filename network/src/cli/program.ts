import { Command, InvalidArgumentError, Option } from 'commander';
import { addCommand, run, topologyOption, type CliEnvironment, type Program } from './context.js';
import { exitCodes, reportError } from './exit.js';
import { createOutput } from './output.js';
import { exportChain } from './block-export.js';
import { exportUser, printIdentities } from './identities.js';
import { down, init, reset, status, up } from './lifecycle-commands.js';
import { addHostCommands } from './host-commands.js';
import { showTopology, validateTopology } from './topology-commands.js';

/** Runs one command line (without node and script) and returns the exit code; never throws. */
export async function main(args: readonly string[], environment: CliEnvironment): Promise<number> {
  const program: Program = { environment, exitCode: exitCodes.ok };
  try {
    await commandsOf(program).parseAsync([...args], { from: 'user' });
    return program.exitCode;
  } catch (error) {
    const { stdout, stderr } = environment;
    return reportError(error, createOutput({ json: args.includes('--json'), stdout, stderr }));
  }
}

function commandsOf(program: Program): Command {
  const { stdout, stderr } = program.environment;
  const root = new Command('yici-network')
    .description('The nodes of a Yici network: topology, keys, genesis block, embedded peer')
    .addHelpText('after', '\nExit codes: 0 ok, 1 check failed, 2 usage, 3 environment, 70 bug')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => stdout.write(text),
      writeErr: (text) => stderr.write(text),
    });
  addNetworkCommands(root, program);
  addIdentityCommands(root, program);
  addTopologyCommands(root, program);
  addBlockCommands(root, program);
  addChaincodeCommands(root, program);
  addFabricCommands(root, program);
  addHostCommands(root, program);
  return root;
}

function engineOption(): Option {
  const option = new Option('--engine <engine>', 'run it on this engine, whatever the file says');
  return option.choices(['embedded', 'fabric']);
}

function addNetworkCommands(root: Command, program: Program): void {
  addCommand(root, 'init --topology city.yaml --dir .yici', 'make topology, keys and genesis block')
    .option(...topologyOption)
    .addOption(engineOption())
    .action(run(program, () => init));
  addCommand(root, 'up --topology city.yaml', 'start the network and wait until it is ready')
    .option(...topologyOption)
    .addOption(engineOption())
    .option('--bin-dir <folder>', "Fabric's binaries (default: those of fabric install)")
    .option('--foreground', 'stay in the foreground until Ctrl-C')
    .action(run(program, () => up));
  addCommand(root, 'down', 'stop the network').action(run(program, () => down));
  addCommand(root, 'status --json', 'say what runs (exit 1 when nothing does)').action(
    run(program, () => status),
  );
  addCommand(root, 'reset --force', 'remove keys, chain and identities of the folder')
    .option('--force', 'stop the network first when it runs')
    .action(run(program, () => reset));
}

function addIdentityCommands(root: Command, program: Program): void {
  const identity = root.command('identity').description('the users of the network');
  addCommand(identity, 'identity list', 'list every user').action(
    run(program, () => printIdentities),
  );
  addCommand(
    identity,
    'identity export hrss.clerk1 --out ./hrss.clerk1 --gateway https://ledger.hrss.example',
    'write cert.pem, key.pem, tls-ca.pem, tls-cert.pem, tls-key.pem and connection.json of a user',
  )
    .argument('<user>', 'as hrss.clerk1')
    .requiredOption('--out <folder>', 'folder to write')
    .option('--gateway <url...>', 'addresses of the gateway that the user logs in at')
    .option(
      '--genesis <hex>',
      'genesis hash that was agreed on, where the folder has no genesis block',
    )
    .option('--audience <text>', 'what its logins name (default <gateway user>@<channel>)')
    .option('--gateway-certificate <file...>', 'certificates (PEM) it shows under https')
    .action(run(program, () => exportUser));
}

function addTopologyCommands(root: Command, program: Program): void {
  const topology = root.command('topology').description('topology files');
  addCommand(
    topology,
    'topology validate city.yaml',
    'check a topology file (exit 1 when it is not valid)',
  )
    .argument('<file>')
    .action(run(program, () => validateTopology));
  addCommand(topology, 'topology show city.yaml', 'draw a topology as a Mermaid flowchart')
    .argument('[file]')
    .action(run(program, () => showTopology));
}

function addBlockCommands(root: Command, program: Program): void {
  const blocks = root.command('blocks').description('the chain on disk');
  addCommand(
    blocks,
    'blocks export --out ./blocks --from 10',
    'write every block as <number>.block (raw common.Block)',
  )
    .requiredOption('--out <folder>', 'folder to write')
    .option('--from <number>', 'first block (default: 0)', blockNumber)
    .option('--department <id>', 'whose peer to ask, of a network of native nodes')
    .action(run(program, () => exportChain));
}

function addChaincodeCommands(root: Command, program: Program): void {
  const chaincode = root.command('chaincode').description('chaincodes of your own');
  addDefinitionCommands(chaincode, program);
  addCommand(
    chaincode,
    "chaincode run ./my-contract --name basic --policy \"OR('Org1MSP.peer', 'Org2MSP.peer')\"",
    'run a chaincode package on an embedded network of its own, until Ctrl-C',
  )
    .argument('[folder]', 'package with fabric-shim; not needed with --address')
    .option('--name <name>', 'chaincode name on the channel', 'basic')
    .option('--version <version>', 'chaincode version', '1.0')
    .option('--channel <name>', 'channel name', 'mychannel')
    .option('--orgs <number>', 'number of departments, 1 to 9', organisations, 2)
    .option(...collectionsOption)
    .option(...policyOption)
    .option('--init-required', 'the first call must be the init call')
    .option('--address <host:port>', 'a chaincode server that runs already')
    .option('--package-id <id>', 'the --chaincode-id that server was started with')
    .action(run(program, async () => (await import('./run-chaincode.js')).runChaincode));
}

const collectionsOption = [
  '--collections <file>',
  "private data collections, as Fabric's --collections-config",
] as const;
const policyOption = ['--policy <rule>', "endorsement policy in Fabric's language"] as const;
const sectionOption = [
  '--topology <file>',
  "take its chaincode section (default: the folder's own)",
] as const;

/** Commands by which departments with nodes of their own agree on the next definition of the chaincode. */
function addDefinitionCommands(chaincode: Command, program: Program): void {
  addCommand(
    chaincode,
    'chaincode upgrade --version 0.2.0',
    'bring the next sequence onto a running network of native nodes',
  )
    .option('--topology <file>', 'take its chaincode section')
    .option('--version <version>', 'the new version')
    .option('--label <label>', 'the new label of the package')
    .option('--path <folder>', 'folder of the package to run')
    .option(...policyOption)
    .option(...collectionsOption)
    .option('--sequence <number>', 'default: the next', sequenceNumber)
    .action(run(program, async () => (await import('./chaincode-commands.js')).upgradeChaincode));
  addCommand(
    chaincode,
    'chaincode approve --department hrss --topology city.yaml',
    "one department's own approval, at its own peer, of what the topology says",
  )
    .requiredOption('--department <id>', 'whose peer')
    .option('--as <user>', "who signs (default: the department's administrator)")
    .option(...sectionOption)
    .action(run(program, async () => (await import('./chaincode-commands.js')).approveChaincode));
  addCommand(
    chaincode,
    'chaincode commit --topology city.yaml',
    'commit what the departments have approved',
  )
    .option(...sectionOption)
    .action(run(program, async () => (await import('./chaincode-commands.js')).commitChaincode));
}

function addFabricCommands(root: Command, program: Program): void {
  const fabric = root.command('fabric').description('the native binaries of Hyperledger Fabric');
  const archive = new Option('--archive <file>', 'the release archive, fetched before');
  const binDir = new Option('--bin-dir <folder>', 'use the binaries of a folder');
  addCommand(
    fabric,
    'fabric install --mirror https://mirror.example/fabric',
    'put the official release into the cache of this user, for all projects',
  )
    .addOption(archive.conflicts('mirror'))
    .option('--mirror <url>', 'address of a folder with the release archives', webAddress)
    .option('--sha256 <hex>', 'digest of an archive that is not the official one', sha256)
    .addOption(binDir.conflicts(['archive', 'mirror', 'sha256']))
    .action(run(program, async () => (await import('./fabric-commands.js')).installRelease));
  addCommand(
    fabric,
    'fabric doctor --topology city.yaml',
    'say what native nodes lack here (exit 1 if anything)',
  )
    .option(...topologyOption)
    .option('--bin-dir <folder>', 'look at the binaries of a folder')
    .action(run(program, async () => (await import('./fabric-commands.js')).doctor));
}

function blockNumber(text: string): bigint {
  if (!/^[0-9]{1,18}$/.test(text)) throw new InvalidArgumentError('a block number, 0 or more');
  return BigInt(text);
}

function sequenceNumber(text: string): number {
  if (!/^[1-9][0-9]{0,8}$/.test(text)) throw new InvalidArgumentError('1 or more');
  return Number(text);
}

function organisations(text: string): number {
  if (!/^[1-9]$/.test(text)) throw new InvalidArgumentError('1 to 9');
  return Number(text);
}

function sha256(text: string): string {
  if (!/^[0-9a-fA-F]{64}$/.test(text)) throw new InvalidArgumentError('64 hex digits');
  return text;
}

function webAddress(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const fits = url !== undefined && /^https?:$/.test(url.protocol) && url.username === '';
  if (!fits) throw new InvalidArgumentError('an http or https address without a user name');
  return text;
}
