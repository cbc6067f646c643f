import { Command, InvalidArgumentError, Option } from 'commander';
import {
  contextOf,
  withCommon,
  type CliEnvironment,
  type CommandContext,
  type CommonOptions,
  type TopologyOption,
  type UpOptions,
} from './context.js';
import type { ApproveOptions, UpgradeOptions } from './chaincode-commands.js';
import { exitCodes, reportError } from './exit.js';
import { createOutput } from './output.js';
import { exportBlocks } from './block-export.js';
import { exportIdentity, listIdentities, optionPins, type IdentityExport } from './identities.js';
import { down, init, reset, status, up } from './lifecycle-commands.js';
import { addHostCommands } from './host-commands.js';
import type { FabricDoctorOptions, FabricInstallOptions } from './fabric-commands.js';
import type { ChaincodeRunOptions } from './run-chaincode.js';
import { showTopology, validateTopology } from './topology-commands.js';

/** Runs one command line (without node and script) and returns the exit code; never throws. */
export async function main(args: readonly string[], environment: CliEnvironment): Promise<number> {
  const state: State = { environment, exitCode: exitCodes.ok };
  try {
    await programFor(state).parseAsync([...args], { from: 'user' });
    return state.exitCode;
  } catch (error) {
    const json = args.includes('--json');
    return reportError(
      error,
      createOutput({ json, stdout: environment.stdout, stderr: environment.stderr }),
    );
  }
}

interface State {
  readonly environment: CliEnvironment;
  exitCode: number;
}

function programFor(state: State): Command {
  const { stdout, stderr } = state.environment;
  const program = new Command('yici-network')
    .description('The nodes of a Yici network: topology, keys, genesis block, embedded peer')
    .addHelpText('after', '\nExit codes: 0 ok, 1 check failed, 2 usage, 3 environment, 70 bug')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => stdout.write(text),
      writeErr: (text) => stderr.write(text),
    });
  addNetworkCommands(program, state);
  addIdentityCommands(program, state);
  addTopologyCommands(program, state);
  addBlockCommands(program, state);
  addChaincodeCommands(program, state);
  addFabricCommands(program, state);
  addHostCommands(program, state);
  return program;
}

const topologyOption = [
  '--topology <file>',
  "topology file (default: the folder's own, else the demo)",
] as const;

function engineOption(): Option {
  return new Option('--engine <engine>', 'run it on this engine, whatever the file says').choices([
    'embedded',
    'fabric',
  ]);
}

function addNetworkCommands(program: Command, state: State): void {
  withCommon(
    program.command('init').description('make topology, keys and genesis block'),
    'init --topology city.yaml --dir .yici',
  )
    .option(...topologyOption)
    .addOption(engineOption())
    .action(run(state, (context, options: CommonOptions & UpOptions) => init(context, options)));
  withCommon(
    program.command('up').description('start the network and wait until it is ready'),
    'up --topology city.yaml',
  )
    .option(...topologyOption)
    .addOption(engineOption())
    .option('--bin-dir <folder>', "Fabric's binaries (default: those of fabric install)")
    .option('--foreground', 'stay in the foreground until Ctrl-C')
    .action(run(state, (context, options: CommonOptions & UpOptions) => up(context, options)));
  withCommon(program.command('down').description('stop the network'), 'down').action(
    run(state, down),
  );
  withCommon(
    program.command('status').description('say what runs (exit 1 when nothing does)'),
    'status --json',
  ).action(
    run(state, async (context) => {
      if (!(await status(context))) state.exitCode = exitCodes.checkFailed;
    }),
  );
  withCommon(
    program.command('reset').description('remove keys, chain and identities of the folder'),
    'reset --force',
  )
    .option('--force', 'stop the network first when it runs')
    .action(
      run(state, (context, options: CommonOptions & { readonly force?: boolean }) =>
        reset(context, options),
      ),
    );
}

function addIdentityCommands(program: Command, state: State): void {
  const identity = program.command('identity').description('the users of the network');
  withCommon(identity.command('list').description('list every user'), 'identity list').action(
    run(state, ({ folder, output }) => {
      const users = listIdentities(folder);
      output.result(
        { users },
        users.map(({ user, role, mspId }) => `${user}\t${role}\t${mspId}`).join('\n'),
      );
    }),
  );
  withCommon(
    identity
      .command('export')
      .description(
        'write cert.pem, key.pem, tls-ca.pem, tls-cert.pem, tls-key.pem and connection.json of a user',
      )
      .argument('<user>', 'as hrss.clerk1'),
    'identity export hrss.clerk1 --out ./hrss.clerk1 --gateway https://ledger.hrss.example',
  )
    .requiredOption('--out <folder>', 'folder to write')
    .option('--gateway <url...>', 'addresses of the gateway that the user logs in at')
    .option(
      '--genesis <hex>',
      'genesis hash that was agreed on, where the folder has no genesis block',
    )
    .option('--audience <text>', 'what its logins name (default <gateway user>@<channel>)')
    .option('--gateway-certificate <file...>', 'certificates (PEM) it shows under https')
    .action(
      runWith<string, CommonOptions & IdentityExport>(state, ({ folder, output }, user, given) => {
        const connection = exportIdentity(folder, user, given.out, optionPins(folder, user, given));
        const door = connection.gateways?.flatMap(({ addresses }) => addresses).join(', ');
        output.result(
          { user, out: given.out, ...connection },
          `${user} is in ${given.out}, peer ${connection.endpoint}, ${
            door === undefined ? 'no gateway: name one with --gateway' : `gateway ${door}`
          }`,
        );
      }),
    );
}

function addTopologyCommands(program: Command, state: State): void {
  const topology = program.command('topology').description('topology files');
  withCommon(
    topology
      .command('validate')
      .description('check a topology file (exit 1 when it is not valid)')
      .argument('<file>'),
    'topology validate city.yaml',
  ).action(
    runWith<string, CommonOptions>(state, (context, file) => {
      if (!validateTopology(context, file)) state.exitCode = exitCodes.checkFailed;
    }),
  );
  withCommon(
    topology
      .command('show')
      .description('draw a topology as a Mermaid flowchart')
      .argument('[file]'),
    'topology show city.yaml',
  ).action(runWith<string | undefined, CommonOptions>(state, showTopology));
}

interface BlockExportOptions {
  readonly out: string;
  readonly from?: bigint;
  readonly department?: string;
}

function addBlockCommands(program: Command, state: State): void {
  const blocks = program.command('blocks').description('the chain on disk');
  withCommon(
    blocks.command('export').description('write every block as <number>.block (raw common.Block)'),
    'blocks export --out ./blocks --from 10',
  )
    .requiredOption('--out <folder>', 'folder to write')
    .option('--from <number>', 'first block (default: 0)', blockNumber)
    .option('--department <id>', 'whose peer to ask, of a network of native nodes')
    .action(
      run(state, async ({ folder, output }, options: CommonOptions & BlockExportOptions) => {
        const report = await exportBlocks(folder, options.out, options.from, options.department);
        output.result(report, `${report.written} blocks written to ${report.out}`);
      }),
    );
}

function addChaincodeCommands(program: Command, state: State): void {
  const chaincode = program.command('chaincode').description('chaincodes of your own');
  addUpgradeCommands(chaincode, state);
  withCommon(
    chaincode
      .command('run')
      .description('run a chaincode package on an embedded network of its own, until Ctrl-C')
      .argument('[folder]', 'package with fabric-shim; not needed with --address'),
    "chaincode run ./my-contract --name basic --policy \"OR('Org1MSP.peer', 'Org2MSP.peer')\"",
  )
    .option('--name <name>', 'chaincode name on the channel', 'basic')
    .option('--version <version>', 'chaincode version', '1.0')
    .option('--channel <name>', 'channel name', 'mychannel')
    .option('--orgs <number>', 'number of departments, 1 to 9', organisations, 2)
    .option('--collections <file>', "private data collections, as Fabric's --collections-config")
    .option('--policy <rule>', "endorsement policy in Fabric's language")
    .option('--init-required', 'the first call must be the init call')
    .option('--address <host:port>', 'a chaincode server that runs already')
    .option('--package-id <id>', 'the --chaincode-id that server was started with')
    .action(
      runWith<string | undefined, CommonOptions & ChaincodeRunOptions>(state, async (...args) => {
        const { runChaincode } = await import('./run-chaincode.js');
        await runChaincode(...args);
      }),
    );
}

function addFabricCommands(program: Command, state: State): void {
  const fabric = program.command('fabric').description('the native binaries of Hyperledger Fabric');
  withCommon(
    fabric
      .command('install')
      .description('put the official release into the cache of this user, for all projects'),
    'fabric install --mirror https://mirror.example/fabric',
  )
    .addOption(
      new Option('--archive <file>', 'the release archive, fetched before').conflicts('mirror'),
    )
    .option('--mirror <url>', 'address of a folder with the release archives', webAddress)
    .option('--sha256 <hex>', 'digest of an archive that is not the official one', sha256)
    .addOption(
      new Option('--bin-dir <folder>', 'use the binaries of a folder').conflicts([
        'archive',
        'mirror',
        'sha256',
      ]),
    )
    .action(
      run(state, async (context, options: CommonOptions & FabricInstallOptions) => {
        const { installRelease } = await import('./fabric-commands.js');
        await installRelease(context, options);
      }),
    );
  withCommon(
    fabric.command('doctor').description('say what native nodes lack here (exit 1 if anything)'),
    'fabric doctor --topology city.yaml',
  )
    .option(...topologyOption)
    .option('--bin-dir <folder>', 'look at the binaries of a folder')
    .action(
      run(state, async (context, options: CommonOptions & FabricDoctorOptions) => {
        const { doctor } = await import('./fabric-commands.js');
        if (!(await doctor(context, options))) state.exitCode = exitCodes.checkFailed;
      }),
    );
}

function addUpgradeCommands(chaincode: Command, state: State): void {
  withCommon(
    chaincode
      .command('upgrade')
      .description('bring the next sequence onto a running network of native nodes'),
    'chaincode upgrade --version 0.2.0',
  )
    .option('--topology <file>', 'take its chaincode section')
    .option('--version <version>', 'the new version')
    .option('--label <label>', 'the new label of the package')
    .option('--path <folder>', 'folder of the package to run')
    .option('--policy <rule>', "endorsement policy in Fabric's language")
    .option('--collections <file>', "private data collections, as Fabric's --collections-config")
    .option('--sequence <number>', 'default: the next', sequenceNumber)
    .action(
      run(state, async (context, options: CommonOptions & UpgradeOptions) => {
        const { upgradeChaincode } = await import('./chaincode-commands.js');
        await upgradeChaincode(context, options);
      }),
    );
  withCommon(
    chaincode
      .command('approve')
      .description("one department's own approval, at its own peer, of what the topology says"),
    'chaincode approve --department hrss --topology city.yaml',
  )
    .requiredOption('--department <id>', 'whose peer')
    .option('--as <user>', "who signs (default: the department's administrator)")
    .option('--topology <file>', "take its chaincode section (default: the folder's own)")
    .action(
      run(state, async (context, options: CommonOptions & ApproveOptions) => {
        const { approveChaincode } = await import('./chaincode-commands.js');
        await approveChaincode(context, options);
      }),
    );
  withCommon(
    chaincode.command('commit').description('commit what the departments have approved'),
    'chaincode commit --topology city.yaml',
  )
    .option('--topology <file>', "take its chaincode section (default: the folder's own)")
    .action(
      run(state, async (context, options: CommonOptions & TopologyOption) => {
        const { commitChaincode } = await import('./chaincode-commands.js');
        await commitChaincode(context, options);
      }),
    );
}

type Action<Options> = (context: CommandContext, options: Options) => void | Promise<void>;

/** Wraps a command without arguments as a commander action; commander passes the declared options. */
function run<Options extends CommonOptions>(
  state: State,
  action: Action<Options>,
): (options: Options) => Promise<void> {
  return async (options) => {
    await action(contextOf(options, state.environment), options);
  };
}

function runWith<Argument, Options extends CommonOptions>(
  state: State,
  action: (context: CommandContext, argument: Argument, options: Options) => void | Promise<void>,
): (argument: Argument, options: Options) => Promise<void> {
  return async (argument, options) => {
    await action(contextOf(options, state.environment), argument, options);
  };
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
