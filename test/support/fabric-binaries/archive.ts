import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { hostPlatform } from '@yici/network/testing';

const blockSize = 512;

/** A member as a test wants it, sense or not. */
export interface Member {
  readonly name: string;
  readonly content?: string | Buffer;
  /** ustar type flag: 0 file, 1 hard link, 2 symbolic link, 3 device, 5 folder, x pax, L long name. */
  readonly type?: string;
  readonly target?: string;
  readonly mode?: string;
}

/** A tar stream of the members, end mark and all. */
export function tar(members: readonly Member[]): Buffer {
  return Buffer.concat([...members.map(bytesOf), Buffer.alloc(2 * blockSize)]);
}

export function tarGz(members: readonly Member[]): Buffer {
  return gzipSync(tar(members));
}

export function bytesOf({ name, content = '', type = '0', target = '', mode }: Member): Buffer {
  const bytes = Buffer.from(content);
  const header = Buffer.alloc(blockSize);
  header.write(name, 0, 100);
  header.write(`${mode ?? '0000644'}\0`, 100);
  header.write(`${bytes.length.toString(8).padStart(11, '0')}\0`, 124);
  header.write('        ', 148);
  header.write(type, 156);
  header.write(target, 157, 100);
  header.write('ustar\u000000', 257);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return Buffer.concat([header, bytes, Buffer.alloc(-bytes.length & (blockSize - 1))]);
}

export function digestOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** The name of the archive that this machine asks for. */
export function archiveFile(): string {
  const { os, arch } = hostPlatform();
  return `hyperledger-fabric-${os}-${arch}-3.1.5.tar.gz`;
}

/** A program that says of itself what a Fabric program says. */
export function program(
  version = 'v3.1.5',
  platform = `${hostPlatform().os}/${hostPlatform().arch}`,
): string {
  const lines = [
    'peer:',
    ` Version: ${version}`,
    ' Commit SHA: 86c1172be',
    ` OS/Arch: ${platform}`,
  ];
  return ['#!/bin/sh', ...lines.map((line) => `echo "${line}"`), ''].join('\n');
}

/** Members of a release whose programs are scripts; `others` replace or add members by name. */
export function release(...others: readonly Member[]): Member[] {
  const named = new Map(
    [
      { name: 'bin/', type: '5', mode: '0000755' },
      ...['peer', 'orderer'].map((name) => executable(`bin/${name}`, program())),
      ...['detect', 'build', 'release'].map((name) =>
        executable(`builders/ccaas/bin/${name}`, '#!/bin/sh\n'),
      ),
      { name: 'config/core.yaml', content: 'peer:\n' },
      { name: 'config/orderer.yaml', content: 'General:\n' },
      ...others,
    ].map((member: Member) => [member.name, member]),
  );
  return [...named.values()];
}

export function executable(name: string, content: string | Buffer): Member {
  return { name, content, mode: '0000755' };
}
