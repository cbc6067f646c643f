import { peer } from '@hyperledger/fabric-protos';
import type { ChaincodePackages, InstalledPackage } from '../packages.js';
import { NotDefinedError } from './not-defined-error.js';

const { lifecycle } = peer;

/** A call about the packages of one department's peer. */
export interface PackagesCall {
  readonly packages: ChaincodePackages;
  readonly mspId: string;
}

/** Installs a chaincode-as-a-service package: from then on this peer dials its address. */
export async function install(call: PackagesCall, bytes: Uint8Array): Promise<Uint8Array> {
  const args = lifecycle.InstallChaincodeArgs.deserializeBinary(bytes);
  const source = args.getChaincodeInstallPackage_asU8();
  const installed = await call.packages.install(call.mspId, source);
  return described(new lifecycle.InstallChaincodeResult(), installed).serializeBinary();
}

export function queryInstalled({ packages, mspId }: PackagesCall): Uint8Array {
  const { InstalledChaincode } = lifecycle.QueryInstalledChaincodesResult;
  const result = new lifecycle.QueryInstalledChaincodesResult();
  result.setInstalledChaincodesList(
    packages.list(mspId).map((installed) => described(new InstalledChaincode(), installed)),
  );
  return result.serializeBinary();
}

export function queryInstalledOne(call: PackagesCall, bytes: Uint8Array): Uint8Array {
  const args = lifecycle.QueryInstalledChaincodeArgs.deserializeBinary(bytes);
  const installed = find(call, args.getPackageId());
  return described(new lifecycle.QueryInstalledChaincodeResult(), installed).serializeBinary();
}

export function getInstalledPackage(call: PackagesCall, bytes: Uint8Array): Uint8Array {
  const args = lifecycle.GetInstalledChaincodePackageArgs.deserializeBinary(bytes);
  const { source, packageId } = find(call, args.getPackageId());
  if (!source) {
    throw new NotDefinedError(`chaincode install package '${packageId}' not found`);
  }
  const result = new lifecycle.GetInstalledChaincodePackageResult();
  result.setChaincodeInstallPackage(source);
  return result.serializeBinary();
}

type Describing = Pick<peer.lifecycle.InstallChaincodeResult, 'setPackageId' | 'setLabel'>;

function described<Result extends Describing>(
  result: Result,
  { packageId, label }: InstalledPackage,
): Result {
  result.setPackageId(packageId);
  result.setLabel(label);
  return result;
}

function find({ packages, mspId }: PackagesCall, packageId: string): InstalledPackage {
  const installed = packages.list(mspId).find((one) => one.packageId === packageId);
  if (!installed) {
    throw new NotDefinedError(`chaincode install package '${packageId}' not found`);
  }
  return installed;
}
