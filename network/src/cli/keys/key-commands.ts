import type { SpokenCommand } from '@yici/terminal';
import { addCommand, run, type Program } from '../context.js';
import type { CommandContext, TopologyOption } from '../context.js';
import { addExternalCaCommands, type DepartmentOption } from './external-ca.js';
import { addCertificateCommands } from './certificate-commands.js';
import { NetworkError } from '../../errors.js';
import { passphraseOption } from './passphrase.js';
import { tokenOption, topologyOption } from '../options.js';

interface MakeKeysOptions extends DepartmentOption, TopologyOption {
  readonly passphraseFile?: string;
  readonly token?: string;
}

/** Commands for a department's own keys: made, exchanged, looked after. */
export function addKeyCommands(root: SpokenCommand, program: Program): void {
  const keys = root.command('keys').description({
    zh: '一个部门的密钥（在本地生成、不外传）和对外提供的证书',
    en: 'keys of one department, made where they stay, and the certificates that travel',
  });
  addCommand(keys, 'keys make --department hrss --topology city.yaml --dir ./hrss-keys', {
    zh: '只生成一个部门的密钥',
    en: "make one department's keys and nobody else's",
  })
    .requiredOption('--department <id>', { zh: '哪个部门的密钥', en: 'whose keys' })
    .option(...topologyOption)
    .option(...passphraseOption)
    .option(...tokenOption)
    .action(run(program, () => makeKeys));
  addCommand(keys, 'keys export --department hrss --out hrss.certificates.json --dir ./hrss-keys', {
    zh: '把一个部门的公开证书写入一个文件，提供给其他部门',
    en: "write a department's public certificates into one file, for the others",
  })
    .requiredOption('--department <id>', { zh: '哪个部门的证书', en: 'whose certificates' })
    .requiredOption('--out <file>', { zh: '写入的文件', en: 'file to write' })
    .action(run(program, () => exportKeys));
  addCollect(keys, program);
  addExternalCaCommands(keys, program);
  addCertificateCommands(keys, program);
}

function addCollect(keys: SpokenCommand, program: Program): void {
  addCommand(
    keys,
    'keys collect finance.certificates.json data.certificates.json --dir ./hrss-keys',
    { zh: '导入其他部门的公开证书', en: "take other departments' public certificates in" },
  )
    .argument('[files...]', {
      zh: '其他部门以 keys export 写出的文件',
      en: 'what they wrote with keys export',
    })
    .option('--genesis <file>', {
      zh: '网络的创世区块：从中导入各部门的证书，并保存该区块',
      en: "the network's first block: take the departments' certificates from it, and keep it",
    })
    .option('--pin <hash>', {
      zh: '创世区块的哈希，由其他部门另行告知',
      en: 'hash of that block, as another department said it',
    })
    .action(run(program, () => collect));
}

async function makeKeys(
  context: CommandContext,
  { topology: file, department, passphraseFile, token }: MakeKeysOptions,
): Promise<void> {
  const { folder, output } = context;
  const { makeDepartmentKeys } = await import('../../render/keys.js');
  const { rootPassphrase } = await import('./passphrase.js');
  const { tokenReport } = await import('./token-report.js');
  const passphrase = rootPassphrase(passphraseFile, context);
  const { made } = makeDepartmentKeys(folder, file, department, passphrase, token);
  const inToken = token === undefined ? undefined : tokenReport(folder, department);
  output.result({ department, folder: folder.root, certificates: made.length, ...inToken?.facts }, [
    {
      zh: `${department}：已在 ${folder.root} 生成证书 ${made.length} 份，根密钥已用口令加密`,
      en: `${department}: ${made.length} certificates made in ${folder.root}; the keys of its roots are under the passphrase`,
    },
    ...(inToken?.lines ?? []),
  ]);
}

async function exportKeys(
  { folder, output }: CommandContext,
  { department, out }: DepartmentOption & { readonly out: string },
): Promise<void> {
  const { exportCertificates } = await import('../../render/certificates-file.js');
  const { networkTopology } = await import('../../render/render.js');
  const topology = networkTopology(folder, undefined);
  const report = exportCertificates(topology, folder.root, department, out);
  output.result({ ...report, out }, [
    {
      zh: `${out} 为 ${department} 的证书；请当面或者电话告知接收的部门，核对以下指纹：`,
      en: `${out} holds the certificates of ${department}; read this out to whoever takes it in:`,
    },
    report.fingerprint,
  ]);
}

async function collect(
  { folder, output }: CommandContext,
  files: readonly string[],
  { genesis, pin }: { readonly genesis?: string; readonly pin?: string },
): Promise<void> {
  if (genesis === undefined ? files.length === 0 : pin === undefined) throw nothingToCollect();
  const { collectCertificates, collectFromGenesis } =
    await import('../../render/certificates-file.js');
  const { networkTopology } = await import('../../render/render.js');
  const topology = networkTopology(folder, undefined);
  const block = genesis !== undefined && pin !== undefined && { file: genesis, pin };
  const taken = [
    ...(block === false ? [] : collectFromGenesis(topology, folder, block)),
    ...files.map((file) => collectCertificates(topology, folder.root, file)),
  ];
  const lines = taken.map(({ department, fingerprint }) => `${department}\t${fingerprint}`);
  output.result({ taken }, lines.join('\n'));
}

const nothingToCollect = (): NetworkError =>
  new NetworkError('CERTIFICATES_INVALID', {
    zh: '请给出其他部门的证书文件，或者 --genesis 创世区块及 --pin 其哈希。',
    en: "Give the other departments' files, or --genesis with the first block and --pin with its hash.",
  });
