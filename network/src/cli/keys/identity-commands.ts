import { ChoiceOption, InvalidValueError, type SpokenCommand } from '@yici/terminal';
import { addCommand, run, type Program } from '../context.js';
import { approveRequest, printRequests } from './enrolments.js';
import { exportUser, printIdentities } from './identities.js';
import { passphraseOption } from './passphrase.js';
import { crlReasons } from '../../pki/crl.js';
import { crlReasonWords, printRevoked, revokeIdentity } from './revocations.js';

/** The users of the network: who there is, their folders, and certificates for keys that they made themselves. */
export function addIdentityCommands(root: SpokenCommand, program: Program): void {
  const identity = root
    .command('identity')
    .description({ zh: '网络的用户', en: 'the users of the network' });
  addCommand(identity, 'identity list', { zh: '列出全部用户', en: 'list every user' }).action(
    run(program, () => printIdentities),
  );
  const exported = addCommand(
    identity,
    'identity export hrss.clerk1 --out ./hrss.clerk1 --gateway https://ledger.hrss.example',
    {
      zh: '导出一名用户的身份目录：cert.pem、key.pem、tls-ca.pem、tls-cert.pem、tls-key.pem、connection.json',
      en: 'write cert.pem, key.pem, tls-ca.pem, tls-cert.pem, tls-key.pem and connection.json of a user',
    },
  )
    .argument('<user>', { zh: '例如 hrss.clerk1', en: 'such as hrss.clerk1' })
    .requiredOption('--out <folder>', { zh: '写入的目录', en: 'folder to write' })
    .action(run(program, () => exportUser));
  pinning(exported);
  addEnrolmentCommands(identity, program);
  addRevocationCommands(identity, program);
}

/** Taking a certificate back. */
function addRevocationCommands(identity: SpokenCommand, program: Program): void {
  const { say } = program;
  const reasons = Object.keys(crlReasons);
  const reason = new ChoiceOption(
    '--reason <reason>',
    say({ zh: '原因（RFC 5280 5.3.1）', en: 'why (RFC 5280 5.3.1)' }),
    reasons,
    crlReasonWords,
  );
  addCommand(identity, 'identity revoke hrss.clerk1 --reason keyCompromise --dir ./hrss-keys', {
    zh: '吊销一名用户的全部证书，写出部门的吊销列表（CRL）；须有部门的根密钥',
    en: "revoke every certificate of a user: write the department's revocation list (CRL) with its root's key",
  })
    .argument('[user]', { zh: '例如 hrss.clerk1', en: 'such as hrss.clerk1' })
    .option('--department <id>', {
      zh: '与 --serial 同用：由哪个部门签发',
      en: 'with --serial: which department issued it',
    })
    .option(
      '--serial <hex...>',
      {
        zh: '证书序列号（十六进制），目录中没有该证书时',
        en: 'serial numbers (hex) of certificates that are not in the folder',
      },
      serialNumbers,
    )
    .addOption(reason.default('unspecified'))
    .option(...passphraseOption)
    .action(run(program, () => revokeIdentity));
  addCommand(identity, 'identity revoked --dir ./hrss-keys', {
    zh: '列出各部门吊销列表中的证书',
    en: "list what the departments' revocation lists have",
  }).action(run(program, () => printRevoked));
}

function serialNumbers(text: string, before: readonly string[] = []): string[] {
  const hex = text
    .toLowerCase()
    .replaceAll(':', '')
    .replace(/^0+(?=.)/, '');
  if (/^[0-9a-f]{1,40}$/.test(hex)) return [...before, hex];
  throw new InvalidValueError({ zh: '须为十六进制的证书序列号', en: 'a serial number in hex' });
}

/** Where requests lie, if not in the data folder. */
const requestsOption = [
  '--requests <folder>',
  {
    zh: '网关存放申请的目录（缺省为数据目录的 gateway/enrolments）',
    en: "where the gateway keeps requests (default: the data folder's gateway/enrolments)",
  },
] as const;

/** Requests for certificates, from people's own machines and browsers. */
function addEnrolmentCommands(identity: SpokenCommand, program: Program): void {
  addCommand(identity, 'identity requests', {
    zh: '列出待批准的证书申请',
    en: 'list the requests for certificates that wait',
  })
    .option(...requestsOption)
    .action(run(program, () => printRequests));
  const approve = addCommand(
    identity,
    'identity approve enr-0123456789abcdef0123 --gateway https://ledger.hrss.example',
    {
      zh: '批准一件证书申请：按拓扑中该用户的角色和科室签发证书',
      en: 'certify the key of a request, for the role and section that the topology has of its user',
    },
  )
    .argument(
      { zh: '<申请编号>', en: '<number>' },
      {
        zh: '由申请人当面或者电话告知',
        en: 'as its sender says it in person or by telephone',
      },
    )
    .option(...requestsOption)
    .option(...passphraseOption)
    .action(run(program, () => approveRequest));
  pinning(approve);
}

/** What the connection file of an identity is to pin. */
function pinning(command: SpokenCommand): void {
  command
    .option('--gateway <url...>', {
      zh: '该用户登录的网关地址',
      en: 'addresses of the gateway that the user logs in at',
    })
    .option('--genesis <hex>', {
      zh: '当面约定的创世区块哈希（目录中没有创世区块时）',
      en: 'genesis hash that was agreed on, where the folder has no genesis block',
    })
    .option('--audience <text>', {
      zh: '登录时载明的网关名称（缺省为“网关用户@通道”）',
      en: 'what its logins name (default <gateway user>@<channel>)',
    })
    .option('--gateway-certificate <file...>', {
      zh: '网关的 https 证书（PEM）',
      en: 'certificates (PEM) it shows under https',
    });
}
