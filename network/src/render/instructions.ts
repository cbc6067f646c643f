import { consenters, ordererAddress, peerAddress } from '../topology/nodes.js';
import type { Department, Topology } from '../topology/schema.js';
import { targetName, type HostPlaces, type UnitsInput } from './units.js';

interface InstructionsInput extends UnitsInput {
  readonly genesisHash: string;
  /** The Fabric version to install. */
  readonly version: string;
}

/** `INSTRUCTIONS.md`: the steps of this department's operator, in order. */
export function instructions(input: InstructionsInput): string {
  const { topology, department } = input;
  return [
    `# ${department.name.zh} 节点安装说明 · Host of ${department.name.en}`,
    '',
    `通道 Channel \`${topology.channel}\` · MSP \`${department.mspId}\` · 主机 Host \`${department.host}\``,
    '',
    '```',
    `创世块哈希 genesis hash  ${input.genesisHash}`,
    `链码包 chaincode package ${input.packageId}`,
    '```',
    '',
    ...before(input),
    ...start(input),
    ...agree(input),
    ...afterwards(input),
    '',
  ].join('\n');
}

/**
 * TCP SYN retries of the host. An orderer that lost a connection dials it again and orders nothing meanwhile; Fabric allows a
 * dial to take 20 s (internal/pkg/comm/config.go, no setting), so the host must give up sooner. 1 means two to three seconds.
 */
const hostSynRetries = 1;

function before({ topology, department, places, version }: InstructionsInput): string[] {
  return [
    '## 0. 开始之前 Before you begin',
    '',
    '1. 与其他部门通过另一条渠道（当面或电话）核对上面的创世块哈希，必须逐字相同；不同则停止。',
    '   Compare the genesis hash above with the other departments in person or by telephone. If one digit differs, stop.',
    '2. 本文件夹含有本部门私钥：只能放在本部门主机上，属主为运行用户，权限 0700；不要通过邮件或共享盘传送。',
    "   This folder holds this department's private keys: it belongs on this department's host alone, mode 0700; never send it by mail.",
    '3. 两把根私钥（`ca/key.pem`、`tlsca/key.pem`）和办事人员的私钥不在这里，应离线保存。',
    '   The keys of the two roots and of clerks and heads are not here and are not needed here: keep them apart.',
    `4. 校准时钟（NTP）：相差超过 ${topology.windowSeconds} 秒的提案会被拒绝。 Keep the clock right: proposals more than ${topology.windowSeconds} seconds off are refused.`,
    '5. 防火墙 Firewall:',
    '',
    '   | 端口 port | 谁可以访问 who may reach it |',
    '   | --- | --- |',
    ...firewall(topology, department),
    '',
    '## 1. 安装 Install',
    '',
    '```sh',
    `sudo useradd --system --no-create-home --shell /usr/sbin/nologin ${places.user}`,
    `# 本项目（已构建） this project, built:          ${places.program}`,
    `# Hyperledger Fabric ${version}（bin builders config）: ${places.fabric}`,
    `sudo chown -R ${places.user}: '${places.folder.root}' && sudo chmod 700 '${places.folder.root}'`,
    `${command(places)} fabric doctor --bin-dir '${places.fabric}/bin'`,
    '# 别的部门断网时几秒内发现，而不是 20 秒 notice in seconds, not in 20, that another department is cut off',
    `echo 'net.ipv4.tcp_syn_retries = ${hostSynRetries}' | sudo tee /etc/sysctl.d/60-yici.conf`,
    'sudo sysctl -p /etc/sysctl.d/60-yici.conf',
    '```',
    '',
  ];
}

function firewall(topology: Topology, { host, ports, orderer }: Department): string[] {
  const others = topology.departments.length > 1 ? '所有部门的主机 every department’s hosts' : '—';
  const row = (port: number | undefined, what: string, who: string) =>
    `   | ${host}:${port ?? 0} ${what} | ${who} |`;
  return [
    row(ports.peer, 'peer', others),
    ...(orderer
      ? [
          row(ports.orderer, 'orderer', others),
          row(ports.ordererAdmin, 'orderer admin', '仅本机 this host only (mutual TLS)'),
        ]
      : []),
    `   | 127.0.0.1 ${[ports.chaincode, ports.peerChaincode, ports.peerOperations, ports.ordererOperations].filter((port) => port !== undefined).join(' ')} | 仅本机，已限于回环 this host only, loopback already |`,
  ];
}

function start({ department, places }: InstructionsInput): string[] {
  const { root } = places.folder;
  return [
    '## 2. 启动并加入通道 Start and join',
    '',
    '用 systemd（正式运行） With systemd, for production:',
    '',
    '```sh',
    `sudo cp '${root}'/systemd/* /etc/systemd/system/ && sudo systemctl daemon-reload`,
    `sudo systemctl enable --now ${[...servicesOf(department, 'gateway'), targetName(department)].join(' ')}`,
    `${command(places)} node join --dir '${root}'`,
    '```',
    '',
    '或在前台（试用；启动并自动加入，Ctrl-C 停止） Or in the foreground, for a trial: starts, joins, ends with Ctrl-C:',
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

/** All services except the named one, which starts later. */
function servicesOf({ id, orderer }: Department, later: string): string[] {
  return ['orderer', 'peer', 'chaincode', 'gateway']
    .filter((kind) => kind !== later && (kind !== 'orderer' || orderer))
    .map((kind) => `yici-${id}-${kind}.service`);
}

function agree({ topology, places, department }: InstructionsInput): string[] {
  const dir = `--dir '${places.folder.root}'`;
  const { name, version, sequence } = topology.chaincode;
  return [
    '## 3. 批准链码 Approve the chaincode',
    '',
    `每个部门在自己的主机上，用自己的管理员私钥批准 ${name} ${version}（序号 ${sequence}）；任何人不能代替。`,
    'Every department does this on its own host, with its own administrator’s key; nobody can do it for another.',
    '',
    '```sh',
    `${command(places)} node approve ${dir}`,
    '```',
    '',
    '## 4. 提交定义 Commit the definition',
    '',
    `批准的部门足够多之后（\`${topology.policies.lifecycleEndorsement}\`），由任意一个部门执行一次；再次执行无害。`,
    'When enough departments have approved, any one of them does this once; doing it again harms nothing.',
    '',
    '```sh',
    `${command(places)} node commit ${dir}`,
    `sudo systemctl enable --now yici-${department.id}-gateway.service`,
    '```',
    '',
  ];
}

function afterwards({ topology, places }: InstructionsInput): string[] {
  return [
    '## 5. 检查 Check',
    '',
    '```sh',
    `${command(places)} node status --dir '${places.folder.root}'`,
    '```',
    '',
    '其他部门的节点 The other departments’ nodes:',
    '',
    '| 部门 department | peer | orderer |',
    '| --- | --- | --- |',
    ...topology.departments.map(
      (each) =>
        `| ${each.name.zh} ${each.name.en} | ${peerAddress(each)} | ${consenters(topology).includes(each) ? ordererAddress(each) : '—'} |`,
    ),
    '',
    '备份、证书到期、升级、日志：见 `docs/operations.md`。 Backup, expiry, upgrades, logs: `docs/operations.md`.',
  ];
}
