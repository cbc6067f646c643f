import { readFileSync } from 'node:fs';
import { NetworkError } from '../errors.js';
import { findUser } from '../topology/nodes.js';
import type { Department, Topology } from '../topology/schema.js';
import { departmentPaths, type MspPaths, type PairPaths, type TlsPaths } from './layout.js';

/** An identity's files as text. The key is PKCS#8. */
export interface IdentityFiles {
  readonly mspId: string;
  readonly certificatePem: string;
  readonly keyPem: string;
}

interface TlsFiles extends Omit<IdentityFiles, 'mspId'> {
  readonly rootPem: string;
}

/** @throws NetworkError IDENTITY_UNKNOWN: not in the topology, or its files do not exist. */
export function readUser(topology: Topology, directory: string, name: string): IdentityFiles {
  const { department } = findUser(topology, name);
  return readMsp(department, departmentPaths(directory, department.id).user(name).msp);
}

/** The peer's identity. Errors as {@link readUser}. */
export function readPeer(directory: string, department: Department): IdentityFiles {
  return readMsp(department, departmentPaths(directory, department.id).peer.msp);
}

/** The orderer's identity. Errors as {@link readUser}. */
export function readOrderer(directory: string, department: Department): IdentityFiles {
  return readMsp(department, departmentPaths(directory, department.id).orderer.msp);
}

/** A node's TLS files. Errors as {@link readUser}. */
export function readTls(paths: TlsPaths): TlsFiles {
  return { ...readPair(paths), rootPem: text(paths.root) };
}

/** A certificate and its key. Errors as {@link readUser}. */
export function readPair({
  certificate,
  key,
}: PairPaths): Pick<IdentityFiles, 'certificatePem' | 'keyPem'> {
  return { certificatePem: text(certificate), keyPem: text(key) };
}

function readMsp(department: Department, paths: MspPaths): IdentityFiles {
  return { mspId: department.mspId, ...readPair(paths) };
}

function text(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    const words = {
      zh: `${file} 无法读取。核对该目录中有无此身份，以及权限。`,
      en: `${file} cannot be read.`,
    };
    throw new NetworkError('IDENTITY_UNKNOWN', words, { details: { file }, cause });
  }
}
