/**
 * Loaded into every chaincode process (`node --import`), before any of its code: ends it when its folder is not what the package
 * id it is started with names. Its peer takes nobody who registers under another id, so a chaincode that answers runs the code
 * that its department approved.
 */
import { parseArgs } from 'node:util';
import { codeDigest } from './chaincode-code.js';
import { buildChaincodePackage, earlierIds, labelOf } from './chaincode-package.js';

const { values } = parseArgs({
  strict: false,
  options: { 'chaincode-id': { type: 'string' }, 'module-path': { type: 'string' } },
});
const packageId = String(values['chaincode-id']);
const code = codeDigest(String(values['module-path'] ?? process.cwd()));
const ids = [true, false].map(
  (tls) => buildChaincodePackage(labelOf(packageId), { tls, code }).packageId,
);
if (ids.includes(packageId)) {
  process.stderr.write(`chaincode: code ${code}, package ${packageId}\n`);
} else if (earlierIds(labelOf(packageId)).includes(packageId)) {
  process.stderr.write(
    `chaincode: package ${packageId} is of an earlier release and says nothing of the code, which is ${code}; ` +
      `have it approved anew.\n链码：链码包由以前的版本生成，其编号不含代码，请重新批准。\n`,
  );
} else {
  process.stderr.write(
    `PACKAGE_DIFFERS: the code ${code} is not what package ${packageId} was made of: put that release back, or approve this code ` +
      `under the next chaincode.sequence.\n` +
      `PACKAGE_DIFFERS：代码与启动时所给的链码包编号不符：恢复原来的版本，或者以下一个 chaincode.sequence 批准现有代码。\n`,
  );
  process.exit(1);
}
