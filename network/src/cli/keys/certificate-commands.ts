import type { Words } from '@yici/domain/model';
import { renderTable, type Column, type SpokenCommand } from '@yici/terminal';
import { Argument } from 'commander';
import { gatewayUser } from '../../fabric/gateway-config.js';
import {
  daysLeft,
  endsWithin,
  heldCertificates,
  missingRoots,
  warnDays,
  type CertificateKind,
  type HeldCertificate,
} from '../../pki/held.js';
import {
  adoptConsenter,
  changes,
  prepareConsenter,
  renew,
  renewals,
  type ConsenterKind,
  type RenewalKind,
} from '../../pki/renew.js';
import { exportCertificates } from '../../render/certificates-file.js';
import { configIn } from '../../render/config-block.js';
import { departmentNamed, findUser } from '../../topology/nodes.js';
import type { Topology } from '../../topology/schema.js';
import { NetworkError } from '../../errors.js';
import { addCommand, run, type CommandContext, type Program } from '../context.js';
import { ownTopology } from './identities.js';
import { passphraseIfSealed, passphraseOption } from './passphrase.js';
import { tokenOption, wholeNumber } from '../options.js';

/** `keys status` and `keys renew`. */
export function addCertificateCommands(keys: SpokenCommand, program: Program): void {
  addCommand(keys, 'keys status --warn-days 90 --dir ./hrss-keys', {
    zh: '列出目录中全部证书的到期日（有将到期的或者缺少根证书的，退出码为 1）',
    en: 'list when every certificate of the folder ends (exit 1 when one ends soon, or a root is missing)',
  })
    .option(
      '--warn-days <days>',
      {
        zh: '到期前多少天起提醒',
        en: 'how many days before its end a certificate counts as ending soon',
      },
      wholeNumber(0, 99_999),
      warnDays,
    )
    .action(run(program, () => printEnds));
  addRenewCommand(keys, program);
}

function addRenewCommand(keys: SpokenCommand, program: Program): void {
  const { say } = program;
  addCommand(keys, 'keys renew peer-tls --department hrss --dir ./hrss-keys', {
    zh: '换发证书：沿用原密钥，或者用 --new-key 换新密钥；到期前后均可，须有部门的根密钥',
    en: "issue a certificate anew, for the same key or a new one, before or after its end; needs the department's root keys",
  })
    .addArgument(
      new Argument(say({ zh: '<种类>', en: '<kind>' }), say(kindsWords)).choices(renewals),
    )
    .argument('[user]', { zh: '种类为 user 的：哪个用户', en: 'with user: whose' })
    .option('--department <id>', { zh: '哪个部门的', en: 'whose' })
    .option('--new-key', { zh: '换新密钥', en: 'with a new key' })
    .option(...tokenOption)
    .option('--out <file>', {
      zh: '排序节点的：备好新证书，写出供配置变更使用的证书文件',
      en: "an orderer's: prepare it, and write the file of certificates for the change of the channel",
    })
    .option('--in-force <block>', {
      zh: '排序节点的：以写明新证书的配置区块启用备好的证书：文件，或者 blocks export 写出的目录',
      en: "an orderer's: take the prepared one into use, with the config block that names it: its file, or a folder of blocks export",
    })
    .option(...passphraseOption)
    .action(run(program, () => renewCertificate));
}

const kindsWords = {
  zh: 'peer、peer-tls 对等节点，chaincode 链码，user、gateway 用户和网关（签名和 TLS 证书一并换发），orderer、orderer-tls 排序节点',
  en: 'peer and peer-tls, chaincode, user and gateway (signing and TLS certificate together), orderer and orderer-tls',
};

const kindWords: Readonly<Record<CertificateKind, Words>> = {
  root: { zh: '根证书', en: 'root' },
  'tls-root': { zh: 'TLS 根证书', en: 'TLS root' },
  peer: { zh: '对等节点签名', en: 'peer, signing' },
  'peer-tls': { zh: '对等节点 TLS', en: 'peer, TLS' },
  orderer: { zh: '排序节点签名', en: 'orderer, signing' },
  'orderer-tls': { zh: '排序节点 TLS', en: 'orderer, TLS' },
  'chaincode-root': { zh: '链码根证书', en: 'chaincode root' },
  chaincode: { zh: '链码 TLS', en: 'chaincode, TLS' },
  user: { zh: '用户签名', en: 'user, signing' },
  'user-tls': { zh: '用户 TLS', en: 'user, TLS' },
};

interface Row extends HeldCertificate {
  readonly daysLeft: number;
}

const columns: readonly Column<Row>[] = [
  [{ zh: '属于', en: 'whose' }, ({ whose }) => whose],
  [{ zh: '种类', en: 'kind' }, ({ kind }, say) => say(kindWords[kind])],
  [{ zh: '到期日', en: 'ends' }, ({ ends }) => ends.toISOString().slice(0, 10)],
  [{ zh: '剩余天数', en: 'days left' }, (row) => row.daysLeft],
  [{ zh: '序列号', en: 'serial' }, ({ serial }) => serial],
  [{ zh: '文件', en: 'file' }, ({ file }) => file],
];

/** Prints all certificates, the first to end first; returns whether none ends soon and no root is missing. */
function printEnds(
  { folder, output, say }: CommandContext,
  { warnDays: within }: { readonly warnDays: number },
): boolean {
  const now = new Date();
  const topology = ownTopology(folder);
  const missing = missingRoots(topology, folder.root);
  const held = heldCertificates(topology, folder.root).sort(
    (left, right) => left.ends.getTime() - right.ends.getTime(),
  );
  const ending = held.filter((each) => endsWithin(each, within, now));
  const rows = held.map((each) => ({ ...each, daysLeft: daysLeft(each, now) }));
  const files = {
    ending: ending.map(({ file }) => file),
    missing: missing.map(({ file }) => file),
  };
  output.result({ certificates: rows, warnDays: within, ...files }, [
    ...renderTable(columns, rows, say),
    endingWords(ending.length, within),
    ...missing.map(missingWords),
  ]);
  return ending.length === 0 && missing.length === 0;
}

const missingWords = ({ whose, kind, file }: Pick<Row, 'whose' | 'kind' | 'file'>): Words => ({
  zh: `缺少 ${whose} 的${kindWords[kind].zh}：${file}。本部门的从备份恢复；其他部门的以 yici-network keys collect 重新导入。`,
  en: `The ${kindWords[kind].en} of ${whose} is missing: ${file}. One's own comes from a backup, another department's by yici-network keys collect.`,
});

const endingWords = (count: number, within: number): Words =>
  count === 0
    ? { zh: `没有在 ${within} 天内到期的证书。`, en: `None ends within ${within} days.` }
    : {
        zh: `已到期或者将在 ${within} 天内到期的证书：${count} 份。换发：yici-network keys renew。`,
        en: `${count} have ended, or end within ${within} days: yici-network keys renew.`,
      };

interface RenewOptions {
  readonly department?: string;
  readonly newKey?: boolean;
  readonly token?: string;
  readonly passphraseFile?: string;
  readonly out?: string;
  readonly inForce?: string;
}

/** Renews a certificate, and says what has to be done for it to be used. */
function renewCertificate(
  context: CommandContext,
  kind: RenewalKind,
  userName: string | undefined,
  { department: id, newKey: another = false, token, passphraseFile, out, inForce }: RenewOptions,
): void {
  const { folder, output } = context;
  const newKey = another || token !== undefined;
  const topology = ownTopology(folder);
  const { department, user } = whose(topology, kind, userName, id);
  const passphrase = passphraseIfSealed(department.id, passphraseFile, context);
  const issuing = { topology, directory: folder.root, now: new Date(), passphrase, token };
  if (isConsenterKind(kind) && out !== undefined) {
    const orderer = prepareConsenter(issuing, { kind, department, newKey });
    const { fingerprint } = exportCertificates(topology, folder.root, department.id, out, orderer);
    const prepared = { kind, department: department.id, prepared: out, fingerprint };
    output.result(prepared, preparedWords(kind, out));
    return;
  }
  const { certificates } =
    isConsenterKind(kind) && inForce !== undefined
      ? adoptConsenter(issuing, { kind, department, newKey }, configIn(inForce))
      : renew(issuing, { kind, department, user, newKey });
  const renewed = heldCertificates(topology, folder.root).filter(({ file }) =>
    certificates.includes(file),
  );
  output.result({ kind, department: department.id, user: user?.name ?? null, newKey, renewed }, [
    ...renewed.map(({ file, ends }) => renewedWords(file, ends.toISOString().slice(0, 10))),
    previousWords,
    afterwards[kind],
  ]);
}

const isConsenterKind = (kind: RenewalKind): kind is ConsenterKind => kind in changes;

const preparedWords = (kind: ConsenterKind, file: string): Words => ({
  zh: `新证书已备好，尚未启用。下一步：yici-network channel propose ${changes[kind]} ${file}，由各部门签署、提交；生效后以 --in-force 启用，再重新运行 render、重启排序节点。`,
  en: `The new certificate is ready and not in use. Next: yici-network channel propose ${changes[kind]} ${file}, signed by the departments and submitted; then take it into use with --in-force, render again and start the orderer anew.`,
});

function whose(
  topology: Topology,
  kind: RenewalKind,
  user: string | undefined,
  department: string | undefined,
) {
  if (kind === 'user' && user !== undefined) return findUser(topology, user);
  if (kind !== 'user' && department !== undefined) {
    const found = departmentNamed(topology, department);
    return { department: found, user: kind === 'gateway' ? gatewayUser(found) : undefined };
  }
  throw new NetworkError(
    'IDENTITY_UNKNOWN',
    kind === 'user'
      ? { zh: '请写明用户，例如 hrss.clerk1。', en: 'Name the user, as hrss.clerk1.' }
      : { zh: '请用 --department 写明部门。', en: 'Name the department with --department.' },
  );
}

const renewedWords = (file: string, ends: string): Words => ({
  zh: `${file} 有效至 ${ends}`,
  en: `${file} until ${ends}`,
});

const previousWords: Words = {
  zh: '换下的文件留在该部门目录的 .previous 中，节点以新证书启动后删除。',
  en: "What was replaced is kept in .previous of the department's folder, until its nodes have started with the new.",
};

const restart = (what: Words): Words => ({
  zh: `下一步：${what.zh}。通道配置和其他部门无须改动。`,
  en: `Next: ${what.en}. Neither the channel's configuration nor another department has to change.`,
});

const peerRestart = restart({
  zh: '独立部署的，重新运行 render 并复制到主机；重启对等节点',
  en: 'on a host of its own render again and copy it over; start the peer anew',
});

const ordererRestart: Words = {
  zh: '下一步：独立部署的，重新运行 render 并复制到主机；重启排序节点。',
  en: 'Next: on a host of its own render again and copy it over; start the orderer anew.',
};

/** What is to be done after a renewal. */
const afterwards: Readonly<Record<RenewalKind, Words>> = {
  peer: peerRestart,
  'peer-tls': peerRestart,
  chaincode: restart({
    zh: '独立部署的，重新运行 render 并复制到主机；重启对等节点和链码',
    en: 'on a host of its own render again and copy it over; start peer and chaincode anew',
  }),
  user: restart({
    zh: '个人的，重新导出身份（identity export）；网关、管理员和服务账号的，重新运行 render 并复制到主机，重启网关',
    en: "a person's: export the identity again; the gateway's, the administrator's and service accounts': render again, copy it to the host, start the gateway anew",
  }),
  gateway: restart({
    zh: '重新运行 render 并复制到主机，重启网关',
    en: 'render again, copy it to the host, start the gateway anew',
  }),
  orderer: ordererRestart,
  'orderer-tls': ordererRestart,
};
