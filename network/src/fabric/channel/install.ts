import { peer } from '@hyperledger/fabric-protos';
import type { ChaincodePackage } from '../../lifecycle/chaincode-package.js';
import { callSystemChaincode, type PeerAccess } from '../grpc/system-call.js';

const { lifecycle } = peer;

/** The ids of the packages that a peer has. Errors as {@link callSystemChaincode}. */
async function installedPackages(at: PeerAccess): Promise<string[]> {
  const args = new lifecycle.QueryInstalledChaincodesArgs().serializeBinary();
  const payload = await callSystemChaincode(at, {
    chaincode: '_lifecycle',
    args: ['QueryInstalledChaincodes', args],
  });
  return lifecycle.QueryInstalledChaincodesResult.deserializeBinary(payload)
    .getInstalledChaincodesList()
    .map((each) => each.getPackageId());
}

/** Installs a package on a peer, where an external builder unpacks it; an installed package is kept. */
export async function installPackage(
  at: PeerAccess,
  { packageId, bytes }: ChaincodePackage,
): Promise<void> {
  if ((await installedPackages(at)).includes(packageId)) return;
  const args = new lifecycle.InstallChaincodeArgs();
  args.setChaincodeInstallPackage(bytes);
  await callSystemChaincode(at, {
    chaincode: '_lifecycle',
    args: ['InstallChaincode', args.serializeBinary()],
  });
}
