import { possessionMessage } from '@yici/domain/model';
import { createSm2Signer, type AppSigner, type Sm2Key } from '@yici/client/testing';

/**
 * A key pair of HRSS's clerk made by OpenSSL 3.0 (`openssl ecparam -name SM2 -genkey`), and its signature of `{"a":1}` by
 * `openssl pkeyutl -sign -rawin -digest sm3 -pkeyopt distid:1234567812345678`. For tests only.
 */
export const opensslKey: Sm2Key = {
  v: 1,
  alg: 'sm2-sm3',
  user: 'hrss.clerk1',
  publicKey:
    '0418bae2134e1e38df924f87d6f9c6a8f60a2790c226607d4fb13a24bf8990ab85' +
    '552cbcb00503f68bd181cae65255091f80fb2f854e92a3808e167d6bcbabf4ca',
  privateKey: '49b02c859a71caf8c5fc7d8f1b0274cb7feb712bd94b1a93a28cbe42bcb2644e',
};
export const opensslSignature = {
  message: Buffer.from('{"a":1}'),
  value:
    '4c172e38da8f48bda206938bb5f07d5437867beb0f3d60ae69811a75b2393ccc' +
    'a336225f7299a388f74e219a848b62a9b5c6829538a07619630cf3990e943fe7',
};

export const sm2Signer: AppSigner = createSm2Signer(opensslKey);

const { user, publicKey } = opensslKey;
/** As HRSS's head registers it. */
export const sm2Registration = {
  user,
  publicKey,
  proof: await sm2Signer.sign(possessionMessage({ department: 'hrss', user, publicKey })),
};
