import { readFileSync } from 'node:fs';
import { NetworkError } from '../../errors.js';

/** The module through which Fabric speaks PKCS#11: Go's linker writes the modules of a program into it. */
const binding = Buffer.from('github.com/miekg/pkcs11');

/** Whether a node's program was built to sign with keys in tokens (`GO_TAGS=pkcs11`); those of Fabric's releases are not. */
export const isTokenBuild = (program: string): boolean => readFileSync(program).includes(binding);

/** @throws NetworkError FABRIC_WITHOUT_PKCS11 */
export function requireTokenBuild(program: string): void {
  if (!isTokenBuild(program)) throw withoutTokens(program);
}

export function withoutTokens(file: string): NetworkError {
  const words = {
    zh: `${file} 编译时没有加入 PKCS#11，不能使用令牌中的密钥；Fabric 发布的程序均未加入。请以 GO_TAGS=pkcs11 编译同一版本（make native GO_TAGS=pkcs11），再用 --bin-dir 指定其目录。`,
    en: `${file} was built without PKCS#11, as Fabric's releases are, and cannot sign with a key in a token: build the same version with make native GO_TAGS=pkcs11 and name its folder with --bin-dir.`,
  };
  return new NetworkError('FABRIC_WITHOUT_PKCS11', words, { details: { file } });
}
