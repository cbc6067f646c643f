import type { Say } from '@yici/terminal';
import { consenters, ordererAddress, peerAddress } from '../topology/nodes.js';
import type { Department, Topology } from '../topology/schema.js';
import { serviceKinds, targetName, unitName, type HostPlaces, type UnitsInput } from './units.js';

interface InstructionsInput extends UnitsInput {
  readonly genesisHash: string;
  /** The Fabric version to install. */
  readonly version: string;
}

/** The steps of this department's operator, in order, in one language: `INSTRUCTIONS.md` and `INSTRUCTIONS.en.md`. */
export function instructions(input: InstructionsInput, say: Say): string {
  const { topology, department } = input;
  const title = {
    zh: `${department.name.zh}节点安装说明`,
    en: `Host of ${department.name.en}`,
  };
  const [channel, host] = [say({ zh: '通道', en: 'Channel' }), say({ zh: '主机', en: 'Host' })];
  return [
    `# ${say(title)}`,
    '',
    `${channel} \`${topology.channel}\` · MSP \`${department.mspId}\` · ${host} \`${department.host}\``,
    '',
    '```',
    `${say({ zh: '创世区块哈希', en: 'genesis hash' })} ${input.genesisHash}`,
    `${say({ zh: '链码包', en: 'chaincode package' })} ${input.packageId}`,
    '```',
    '',
    ...before(input, say),
    ...install(input, say),
    ...start(input, say),
    ...agree(input, say),
    ...afterwards(input, say),
    '',
  ].join('\n');
}

/**
 * TCP SYN retries of the host. An orderer that lost a connection dials it again and orders nothing meanwhile; Fabric allows a
 * dial to take 20 s (internal/pkg/comm/config.go, no setting), so the host must give up sooner. 1 means two to three seconds.
 */
const hostSynRetries = 1;

function before({ topology, department }: InstructionsInput, say: Say): string[] {
  const { windowSeconds } = topology;
  const steps = [
    {
      zh: '与其他部门通过另一条渠道（当面或者电话）核对上面的创世区块哈希，必须逐字相同；不同则停止。',
      en: 'Compare the genesis hash above with the other departments in person or by telephone. If one digit differs, stop.',
    },
    {
      zh: '本目录含有本部门私钥：只能放在本部门主机上，属主为运行用户，权限 0700；不要通过邮件或者共享盘传送。',
      en: "This folder holds this department's private keys: it belongs on this department's host alone, mode 0700; never send it by mail or over a shared drive.",
    },
    {
      zh: '两个根密钥（`ca/key.pem`、`tlsca/key.pem`）和办事人员的私钥不在这里，应当离线保存。',
      en: 'The keys of the two roots (`ca/key.pem`, `tlsca/key.pem`) and of clerks and heads are not here and are not needed here: keep them apart.',
    },
    {
      zh: `校准时钟（NTP）：相差超过 ${windowSeconds} 秒的提案会被拒绝。`,
      en: `Keep the clock right (NTP): proposals more than ${windowSeconds} seconds off are refused.`,
    },
    { zh: '防火墙：', en: 'Firewall:' },
  ];
  const head = say({ zh: '| 端口 | 谁可以访问 |', en: '| port | who may reach it |' });
  return [
    `## 0. ${say({ zh: '开始之前', en: 'Before you begin' })}`,
    '',
    ...steps.map((step, index) => `${index + 1}. ${say(step)}`),
    '',
    `   ${head}`,
    '   | --- | --- |',
    ...firewall(topology, department, say),
    '',
  ];
}

function install({ places, version }: InstructionsInput, say: Say): string[] {
  const quickly = {
    zh: '其他部门断网时数秒内发现，而不是 20 秒',
    en: 'notice in seconds, not in 20, that another department is cut off',
  };
  return [
    `## 1. ${say({ zh: '安装', en: 'Install' })}`,
    '',
    '```sh',
    `sudo useradd --system --no-create-home --shell /usr/sbin/nologin ${places.user}`,
    `# ${say({ zh: '本项目（已构建）：', en: 'this project, built: ' })}${places.program}`,
    `# Hyperledger Fabric ${version} (bin builders config): ${places.fabric}`,
    `sudo chown -R ${places.user}: '${places.folder.root}' && sudo chmod 700 '${places.folder.root}'`,
    `${command(places)} fabric doctor --dir '${places.folder.root}' --bin-dir '${places.fabric}/bin'`,
    `# ${say(quickly)}`,
    `echo 'net.ipv4.tcp_syn_retries = ${hostSynRetries}' | sudo tee /etc/sysctl.d/60-yici.conf`,
    'sudo sysctl -p /etc/sysctl.d/60-yici.conf',
    '```',
    '',
  ];
}

function firewall(topology: Topology, { host, ports, orderer }: Department, say: Say): string[] {
  const every = { zh: '所有部门的主机', en: 'every department’s hosts' };
  const others = topology.departments.length > 1 ? say(every) : '—';
  const own = say({ zh: '仅本机（双向 TLS）', en: 'this host only (mutual TLS)' });
  const loopback = say({ zh: '仅本机，已限于回环地址', en: 'this host only, loopback already' });
  const row = (port: number | undefined, what: string, who: string) =>
    `   | ${host}:${port ?? 0} ${what} | ${who} |`;
  return [
    row(ports.peer, 'peer', others),
    ...(orderer
      ? [row(ports.orderer, 'orderer', others), row(ports.ordererAdmin, 'orderer admin', own)]
      : []),
    `   | 127.0.0.1 ${[ports.chaincode, ports.peerChaincode, ports.peerOperations, ports.ordererOperations].filter((port) => port !== undefined).join(' ')} | ${loopback} |`,
  ];
}

function start(input: InstructionsInput, say: Say): string[] {
  const { department, places } = input;
  const { root } = places.folder;
  return [
    `## 2. ${say({ zh: '启动并加入通道', en: 'Start and join' })}`,
    '',
    say({ zh: '用 systemd（正式运行）：', en: 'With systemd, for production:' }),
    '',
    '```sh',
    `sudo cp '${root}'/systemd/* /etc/systemd/system/ && sudo systemctl daemon-reload`,
    `sudo systemctl enable --now ${[...firstServices(input), targetName(department)].join(' ')}`,
    `${command(places)} node join --dir '${root}'`,
    '```',
    '',
    say({
      zh: '或者在前台（试用；启动并自动加入，Ctrl-C 停止）：',
      en: 'Or in the foreground, for a trial: starts, joins, ends with Ctrl-C:',
    }),
    '',
    '```sh',
    `${command(places)} node up --dir '${root}' --bin-dir '${places.fabric}/bin'`,
    '```',
    '',
  ];
}

/** A command that is run as the user that owns the keys. */
function command({ user, node, program }: HostPlaces): string {
  return `sudo -u ${user} '${node}' '${program}/network/bin/yici-network.mjs'`;
}

/** The gateway starts later: it needs the chaincode. */
const firstServices = (input: InstructionsInput): string[] =>
  serviceKinds(input)
    .filter((kind) => kind !== 'gateway')
    .map((kind) => unitName(input.department, kind));

function agree({ topology, places, department }: InstructionsInput, say: Say): string[] {
  const dir = `--dir '${places.folder.root}'`;
  const { name, version, sequence } = topology.chaincode;
  const policy = topology.policies.lifecycleEndorsement;
  return [
    `## 3. ${say({ zh: '批准链码', en: 'Approve the chaincode' })}`,
    '',
    say({
      zh: `每个部门在自己的主机上，用自己的管理员私钥批准 ${name} ${version}（序号 ${sequence}）；任何人不能代替。`,
      en: `Every department approves ${name} ${version} (sequence ${sequence}) on its own host, with its own administrator’s key; nobody can do it for another.`,
    }),
    '',
    '```sh',
    `${command(places)} node approve ${dir}`,
    '```',
    '',
    `## 4. ${say({ zh: '提交定义', en: 'Commit the definition' })}`,
    '',
    say({
      zh: `批准的部门足够多之后（\`${policy}\`），由任意一个部门执行一次；再次执行无害。`,
      en: `When enough departments have approved (\`${policy}\`), any one of them does this once; doing it again harms nothing.`,
    }),
    '',
    '```sh',
    `${command(places)} node commit ${dir}`,
    `sudo systemctl enable --now ${unitName(department, 'gateway')}`,
    '```',
    '',
  ];
}

function afterwards({ topology, department, places }: InstructionsInput, say: Say): string[] {
  const others = topology.departments.filter(({ id }) => id !== department.id);
  return [
    `## 5. ${say({ zh: '检查', en: 'Check' })}`,
    '',
    '```sh',
    `${command(places)} node status --dir '${places.folder.root}'`,
    '```',
    '',
    say({ zh: '其他部门的节点：', en: 'The other departments’ nodes:' }),
    '',
    `| ${say({ zh: '部门 | 对等节点 | 排序节点', en: 'department | peer | orderer' })} |`,
    '| --- | --- | --- |',
    ...others.map(
      (each) =>
        `| ${say(each.name)} | ${peerAddress(each)} | ${consenters(topology).includes(each) ? ordererAddress(each) : '—'} |`,
    ),
    '',
    say({
      zh: '备份、证书到期、升级、日志：见 `docs/operations.zh-CN.md`。',
      en: 'Backup, expiry, upgrades, logs: `docs/operations.md`.',
    }),
  ];
}
