import { statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { userInfo } from 'node:os';
import type * as pkcs11js from 'pkcs11js';
import { KeyError } from './errors.js';

/** The field's binding of PKCS#11. Its native part is compiled where keys lie in tokens, and nowhere else. */
type Binding = typeof pkcs11js;
export type Module = pkcs11js.PKCS11;

const modules = new Map<string, Module>();
const forOneThread = new WeakSet<Module>();

/** @throws KeyError TOKEN_SUPPORT_MISSING while the binding is not installed and compiled */
export function binding(): Binding {
  try {
    return createRequire(import.meta.url)('pkcs11js') as Binding;
  } catch (cause) {
    const words = {
      zh: '本机没有安装 PKCS#11 支持（pkcs11js）：在程序目录执行 npm rebuild pkcs11js --ignore-scripts=false（须有 C++ 编译器）。',
      en: 'Support for PKCS#11 (pkcs11js) is not installed here: run npm rebuild pkcs11js --ignore-scripts=false in the folder of the program (it needs a C++ compiler).',
    };
    throw new KeyError('TOKEN_SUPPORT_MISSING', words, { cause });
  }
}

/**
 * A vendor's library, loaded and initialised once a process.
 * @throws KeyError TOKEN_SUPPORT_MISSING, TOKEN_MODULE_UNUSABLE
 */
export function moduleAt(path: string): Module {
  const known = modules.get(path);
  if (known !== undefined) return known;
  const { PKCS11 } = binding();
  refuseForeign(path);
  const module = new PKCS11();
  try {
    module.load(path);
    initialize(module);
  } catch (cause) {
    throw unusable(path, { zh: '不能加载', en: 'cannot be loaded' }, cause);
  }
  modules.set(path, module);
  return module;
}

/** For several threads, where the library can. Another part of the process may have initialised it. */
export function initialize(module: Module): void {
  const { CKF_OS_LOCKING_OK, CKR_CANT_LOCK, CKR_CRYPTOKI_ALREADY_INITIALIZED } = binding();
  try {
    module.C_Initialize({ flags: CKF_OS_LOCKING_OK });
  } catch (error) {
    const result = resultOf(error);
    if (result === CKR_CRYPTOKI_ALREADY_INITIALIZED) return;
    if (result !== CKR_CANT_LOCK) throw error;
    module.C_Initialize();
    forOneThread.add(module);
  }
}

/** Whether only one thread may call the library at a path, which was loaded before. */
export const isForOneThread = (path: string): boolean => forOneThread.has(moduleAt(path));

/** The return value of PKCS#11 in an error of the binding. */
export function resultOf(error: unknown): number | undefined {
  const { Pkcs11Error } = binding();
  return error instanceof Pkcs11Error ? error.code : undefined;
}

/** A reference may come from elsewhere: what it has this process run is to be nothing that others can write. */
function refuseForeign(path: string): void {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found?.isFile() !== true) throw unusable(path, { zh: '不存在', en: 'is not there' });
  const isOurs = process.platform === 'win32' || [0, userInfo().uid].includes(found.uid);
  if (isOurs && (found.mode & 0o022) === 0) return;
  throw unusable(path, {
    zh: '可由他人改写（须属于 root 或者当前用户，且其他人不可写）',
    en: 'can be written by others (it must be owned by root or this user, and be writable by nobody else)',
  });
}

function unusable(file: string, why: { zh: string; en: string }, cause?: unknown): KeyError {
  const words = {
    zh: `PKCS#11 模块 ${file} ${why.zh}。请核对 URI 中的 module-path 及该厂商软件的安装。`,
    en: `The PKCS#11 module ${file} ${why.en}: check module-path in the URI, and that the vendor's software is installed.`,
  };
  return new KeyError('TOKEN_MODULE_UNUSABLE', words, { details: { file }, cause });
}
