import { NetworkError } from '../../errors.js';

/** The release of Fabric that this project is built and tested against, and that it installs. */
export const fabricVersion = '3.1.5';

/**
 * Releases whose nodes serve one channel beside nodes of {@link fabricVersion}, and that take over each other's data
 * (e2e/fabric/operations). A host may be on any of them while the departments change over.
 */
export const servingVersions: readonly string[] = [
  fabricVersion,
  ...['3.1.4', '3.1.3', '3.1.2', '3.1.1', '3.1.0', '3.0.0'],
];

/** The day of that release; a clock showing an earlier day is wrong. */
export const fabricReleaseDay = '2026-06-18';

/** Approximate size of the official archive and of its content, in bytes: the required disk space. */
export const fabricSizes = { archive: 130_000_000, unpacked: 450_000_000 } as const;

/** Operating system and processor, named as in Fabric's archives and `peer version`. */
export interface FabricPlatform {
  readonly os: string;
  readonly arch: string;
}

/** SHA-256 of the official archives, by version and platform, as published for the release. */
const digests: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  '3.1.5': {
    'linux-amd64': 'b9c31fd490991e76f8acb1835dee09fc19fee5428cb13e190ee6e0bdd2c37858',
    'linux-arm64': '4a42cad740a7e0373eda6bf1e27c86e9b06132f9bb751daf7f0f7dc1d1bbfed9',
    'darwin-amd64': '866b64b036ba9eff51ba2131bbe34b4b9057192f5766859ede22ea1cdd564158',
    'darwin-arm64': 'd67a5c3366746a984f8ee9ae0ebf5c8b357c9d33dd589fa0b7668d739472cef0',
  },
};

const officialBase = 'https://github.com/hyperledger/fabric/releases/download';

/** This machine's platform in Fabric's naming. */
export function hostPlatform(): FabricPlatform {
  const { platform: os, arch } = process;
  return { os, arch: arch === 'x64' ? 'amd64' : arch };
}

/** The name of a release archive, such as `hyperledger-fabric-linux-amd64-3.1.5.tar.gz`. */
export function archiveName(version: string, { os, arch }: FabricPlatform): string {
  return `hyperledger-fabric-${os}-${arch}-${version}.tar.gz`;
}

/** URL of an archive: in the official release, or in the folder of a mirror. */
export function archiveUrl(version: string, platform: FabricPlatform, mirror?: string): string {
  const url = new URL(mirror ?? `${officialBase}/v${version}`);
  url.pathname = `${url.pathname.replace(/\/+$/, '')}/${archiveName(version, platform)}`;
  return url.href;
}

/** @throws NetworkError FABRIC_PLATFORM_UNSUPPORTED when the project publishes no archive for the platform. */
export function officialDigest(version: string, platform: FabricPlatform): string {
  const name = `${platform.os}-${platform.arch}`;
  const digest = digests[version]?.[name];
  if (digest !== undefined) return digest;
  throw new NetworkError(
    'FABRIC_PLATFORM_UNSUPPORTED',
    {
      zh: `Fabric 项目没有发布 ${version} 适用于 ${name} 的安装包。自行编译后用 --bin-dir 指定，或者用 --archive 和 --sha256 指定安装包。`,
      en: `There is no official archive of Fabric ${version} for ${name}: build the binaries there and use --bin-dir, or give an archive with --archive and --sha256.`,
    },
    { details: { version, platform: name, supported: Object.keys(digests[version] ?? {}) } },
  );
}
