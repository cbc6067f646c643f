import type { Meanings } from '@yici/terminal';

/** What each code of the nodes and of Fabric's formats means, and what to do, for readers of Chinese (docs/errors.zh-CN.md). */
export const chineseMeanings: Meanings = {
  MALFORMED_BYTES:
    '字节内容不是应有的 Fabric 消息。核对数据来源：内容被截断、被改动，或者不是此类消息。',
  MALFORMED_IDENTITY: '身份或者证书无法读取。核对 PEM 内容。',
  MALFORMED_SIGNATURE:
    '签名不是 DER 格式的 ECDSA 签名。以 ECDSA P-256、SHA-256 签名，采用 DER 格式。',
  MALFORMED_KEY:
    '密钥不是 Fabric 可用的密钥。使用 PEM（PKCS#8）格式的 P-256（或者 P-384、Ed25519）密钥。',
  IDENTITY_REFUSED: 'MSP 不接受该身份。使用该部门现行有效的证书。',
  MALFORMED_CONFIG: '通道配置缺项，或者前后不一致。与创世区块比对；details 指明路径。',
  MALFORMED_POLICY: '策略无法读取，或者引用了不存在的主体。修改策略文本；details 指明位置。',
  CONFIG_UPDATE_REFUSED:
    '配置更新的版本有误，或者缺少 mod_policy 要求的签名。按现行配置重新编制，并由有关部门签名。',
  TOPOLOGY_INVALID: '拓扑文件不符合要求。按所列路径修改，见 topology.md。',
  PORT_IN_USE: '拓扑文件中的端口已被占用。停止占用该端口的程序，或者在拓扑文件中更换端口。',
  ADDRESS_NOT_HERE:
    '拓扑文件中的地址不是本机的地址，或者无法解析。改为本机的地址；其他部门的节点在其自己的主机上启动。',
  DATA_FOLDER_NEWER:
    '数据目录已由较新的版本打开过，本程序不能读取其写入的内容。用该版本或者更新的版本，或者以升级前的备份恢复到空目录。',
  DATA_FOLDER_LOCKED:
    '数据目录正被其他进程使用。停止该进程（yici-network down），或者使用其他目录。',
  DATA_FOLDER_UNUSABLE:
    '数据目录无法读写，或者目录中有其他内容。修改目录权限，或者用 --dir 另选目录。',
  ROOT_LOST:
    '部门的根证书和根密钥不在，而由其签发的证书还在；没有生成新的根。用备份恢复所指的目录；没有备份的，见 operations.zh-CN.md 第 8 节“根密钥遗失”。',
  BLOCK_FILE_CORRUPT:
    '区块文件损坏，且损坏处不在文件末尾；已指明文件和位置。用备份恢复目录；系统不自动修复此类损坏。',
  GENESIS_MISMATCH:
    '该目录属于另一个通道，与拓扑文件不符。使用该目录自己的拓扑文件，或者使用新目录。',
  ORDERER_REFUSED: '排序节点不接受该交易：格式有误、过大、无写入权限或者签名无效。按提示更正。',
  ORDERER_BUSY: '等待排序的交易过多。稍后重试。',
  LEDGER_FAILED:
    '账本所在磁盘已满或者发生故障；此时不接受新交易，仍可读取，有空间后自动恢复。清理磁盘空间；已确认的记录不会丢失。',
  CHAINCODE_UNAVAILABLE: '链码进程没有响应。查看 logs/ 中的日志；进程会自动重启。',
  CHAINCODE_FAILED: '链码中止了交易。提示为链码给出的原文。',
  SIMULATION_REFUSED: '链码请求了节点不允许的操作。按提示修改链码。',
  ENDORSEMENT_REFUSED:
    '提案格式有误、已过期、时间超出允许范围、签名有误或者重复。校准时钟，用本人密钥重新提交。',
  ACCESS_DENIED: '通道策略不允许该身份执行此操作。使用符合该策略的身份。',
  IDENTITY_UNKNOWN:
    '没有该用户，或者此处没有该部门的节点。用 yici-network identity list 查看名称。',
  NOT_RUNNING: '该目录的网络没有运行。执行 yici-network up。',
  ALREADY_RUNNING: '该目录的网络已在运行。直接使用，或者先执行 yici-network down。',
  CLOSED: '账本已关闭。重新打开。',
  FABRIC_NOT_INSTALLED:
    '没有安装 Fabric 程序，或者缺少文件。执行 yici-network fabric install；yici-network fabric doctor 列出所缺内容。',
  FABRIC_PLATFORM_UNSUPPORTED:
    'Fabric 项目没有发布适用于本平台的安装包。自行编译后用 --bin-dir 指定，或者用 --archive 和 --sha256 指定安装包。',
  FABRIC_PLATFORM_MISMATCH:
    '程序是为其他平台编译的，或者在本机无法运行。安装适用于本平台的安装包。',
  FABRIC_VERSION_MISMATCH:
    '程序不是所需的 Fabric 版本。执行 yici-network fabric install，或者更换 --bin-dir。',
  FABRIC_DOWNLOAD_FAILED:
    '安装包无法下载，或者下载中断；已下载的部分保留。重新执行即从中断处继续；也可用 --mirror 或者 --archive。',
  FABRIC_DIGEST_MISMATCH:
    '安装包的 SHA-256 与预期不符，没有解压。重新下载；仅对自行编译或者核对过的安装包使用 --sha256。',
  FABRIC_ARCHIVE_INVALID: '文件不是完整的 tar.gz，或者内容不是 Fabric 安装包。重新下载。',
  FABRIC_ARCHIVE_UNSAFE:
    '安装包中有指向目录之外的路径或者链接、设备文件，或者有重名文件；没有保留任何内容。不要使用；查明来源。',
  FABRIC_DISK_FULL:
    '缓存目录所在磁盘已满（或者达到配额、文件大小上限）；没有保留任何内容。清理磁盘空间，或者用 XDG_CACHE_HOME 指定其他磁盘。',
  FABRIC_WITHOUT_PKCS11:
    '节点的签名密钥在令牌中，而所安装的 Fabric 程序编译时没有加入 PKCS#11。以 GO_TAGS=pkcs11 编译同一版本，用 --bin-dir 指定。',
  NODE_FAILED: '节点没有启动，或者启动后随即退出。查看所指日志；常见原因为端口、证书或者磁盘已满。',
  ORDERER_UNAVAILABLE:
    '排序节点的管理端口没有响应。查看 logs/ 中的日志；yici-network status 显示各节点运行情况。',
  PEER_UNAVAILABLE:
    '节点，或者须参与背书的节点没有响应。查看 logs/ 中的日志；yici-network status 显示各节点运行情况。',
  PEER_REFUSED: '节点拒绝了管理员的操作（加入通道、安装、生命周期查询）。提示为节点给出的原文。',
  CHANNEL_NOT_READY:
    '节点已运行，但通道未能按时可用：没有主节点、节点之间尚未连通，或者没有可用链码。查看各节点日志；检查节点之间按拓扑文件中的地址能否连通。',
  CERTIFICATE_EXPIRED:
    '节点、管理员或者根的证书已过期。节点和用户的由该部门换发（yici-network keys renew）；根证书到期的，须变更通道配置。',
  CERTIFICATE_REVOKED: '证书已被吊销，其密钥不能再用。换发时用 --new-key 换新密钥。',
  CONSENTER_PINNED:
    '排序节点的证书写在通道配置中，不能自行换发。先由各部门通过配置变更（yici-network channel）。',
  APPROVAL_REFUSED:
    '节点不接受该批准：以其他部门的密钥签名，或者签名人不是管理员。由本部门管理员批准。',
  PACKAGE_DIFFERS:
    '某部门批准的链码包与其他部门不同，或者本机的代码不是所批准的。各部门统一代码和 chaincode.label；更换代码的，把 chaincode.sequence 加一后重新批准。',
  KEYS_DIFFER: '已有密钥或者证书，且内容不同；没有写入。查明哪一个正确，自行移走旧文件。',
  ENROLMENT_REFUSED:
    '证书申请不能受理或者不能批准，提示说明原因。按提示更正；已过期的，请申请人重新提交。',
  ROOT_KEY_LOCKED:
    '部门根密钥受口令保护，口令缺失、有误或者过短。用 --passphrase-file 或者 YICI_ROOT_PASSPHRASE 提供口令。',
  CERTIFICATES_INVALID:
    '部门的证书文件格式有误、不属于该拓扑，或者与其根证书不符。请该部门重新执行 yici-network keys export。',
  CERTIFICATES_MISSING:
    '目录中缺少某部门的密钥或者证书。本部门的执行 yici-network keys make，其他部门的执行 keys collect。',
  APPROVALS_MISSING:
    '批准链码的部门数量不足。未批准的部门执行 yici-network node approve，之后再次提交。',
  BACKUP_DAMAGED: '备份文件损坏或者不完整。使用另一份备份。',
  BACKUP_FOREIGN: '备份属于另一个网络、部门或者种类。核对所选的文件和目录。',
  BACKUP_OLDER: '目录中的数据比备份新，恢复会丢失较新的部分。确需恢复的，先自行移走该目录。',
  BACKUP_LOCKED: '备份的密钥文件受口令保护，口令缺失、有误或者过短。提供备份时所用的口令。',
  CHANNEL_SETTINGS_DIFFER:
    '拓扑文件改动了通道已有的设置。恢复文件，或者用 yici-network channel propose set 提出更改。',
  CHANGE_REFUSED:
    '该项通道更改无内容、节点不支持，或者会使通道无法继续运行；details 指明原因。按原因修改后重新提出。',
  CHANGE_INVALID:
    '文件不是 channel propose 写出的更改，属于其他通道，或者不是同一项更改的副本。向提出更改的部门重新索取。',
  CHANGE_UNSIGNED:
    '同意更改的部门不足；details 列出已签名和尚可签名的部门。由所列部门执行 yici-network channel sign。',
};
