import { peer } from '@hyperledger/fabric-protos';
import type { ChaincodePackage } from '../../lifecycle/chaincode-package.js';
import type { IdentityFiles } from '../../pki/read.js';
import type { FabricPeer } from '../grpc/peer-client.js';
import { callSystemChaincode } from '../grpc/system-call.js';

const { lifecycle } = peer;

/** The ids of the packages that a peer has. Errors as {@link callSystemChaincode}. */
async function installedPackages(target: FabricPeer, admin: IdentityFiles): Promise<string[]> {
  const payload = await callSystemChaincode(target, admin, {
    chaincode: '_lifecycle',
    args: [
      'QueryInstalledChaincodes',
      new lifecycle.QueryInstalledChaincodesArgs().serializeBinary(),
    ],
  });
  return lifecycle.QueryInstalledChaincodesResult.deserializeBinary(payload)
    .getInstalledChaincodesList()
    .map((each) => each.getPackageId());
}

/** Installs a package on a peer, where an external builder unpacks it; an installed package is kept. */
export async function installPackage(
  target: FabricPeer,
  admin: IdentityFiles,
  { packageId, bytes }: ChaincodePackage,
): Promise<void> {
  if ((await installedPackages(target, admin)).includes(packageId)) return;
  const args = new lifecycle.InstallChaincodeArgs();
  args.setChaincodeInstallPackage(bytes);
  await callSystemChaincode(target, admin, {
    chaincode: '_lifecycle',
    args: ['InstallChaincode', args.serializeBinary()],
  });
}
