// Made with the Go code of Hyperledger Fabric 3.1.5 (rwsetutil, txmgr, protoutil); bytes in hex.

/** SHA-256 of a read-write set with one range query over n reads, by the degree of its Merkle tree. */
export const merkleVectors = [
  {
    degree: 2,
    reads: 0,
    sha256: 'f7540a48f511f21359429263a5400badc12e75578b721f4f5d703b46b0d06c19',
  },
  {
    degree: 2,
    reads: 2,
    sha256: '5b586b93031df12dc65d249c6da1fac0d0da5cf0951798dd013bbd5caeef369e',
  },
  {
    degree: 2,
    reads: 3,
    sha256: 'c7a1447272cdba6a19a39f8a4c14235ff34ea0b69a38c33f5fd0ccced3483b3a',
  },
  {
    degree: 2,
    reads: 9,
    sha256: '723169fdfac16301f8ca5547fe202cf16ca9ffbe40d582a04eb53743e262805f',
  },
  {
    degree: 2,
    reads: 10,
    sha256: '6ce2e060d8f00a8758fe69236ac93d8dafb41f71f2eefebc97470c35fc99ba67',
  },
  {
    degree: 2,
    reads: 28,
    sha256: 'd40577be42db67f0df7a10f0bc5e2cc10fb31d5f860950ad0bfa750769d03c6b',
  },
  {
    degree: 3,
    reads: 5,
    sha256: '1d6168bf5b47444fd1ef91e58718ff8fd96f8630f65a5acc919e1d439a496053',
  },
  {
    degree: 3,
    reads: 70,
    sha256: 'cff30c99a2a1246367597dce6ee1caf0b9eab6f7d6de524fed5bca5d5053d283',
  },
  {
    degree: 50,
    reads: 50,
    sha256: '211f9590be652703ae6dc4e0dd98fbcacb10f4d7414a1e5b72d314a6e02cdccf',
  },
  {
    degree: 50,
    reads: 51,
    sha256: 'fd4bf24219c6b75ddbbcab24d77c87f63375e4281e3fe1ab3dd0752db4331b1f',
  },
  {
    degree: 50,
    reads: 2700,
    sha256: 'dc0100c3816f9e2da7d3e05529c0e7bb8844554cfc2d9625db4adc4ef18ac4b7',
  },
];

/** SHA-256 of protoutil.BlockHeaderBytes. */
export const headerVectors = [
  { number: '0', sha256: '6a91a52f73ebc5b3d9bc3b3425bee0861cf71b0ab4eb573c9e36fb5adc0b562c' },
  { number: '127', sha256: 'abdabd0b8580a941950d73e1aee4c1b07eb4169588ca3382175b2e21e7b8a74b' },
  { number: '128', sha256: 'f5ca24240ad1beae8732e852dff64be78251710b73d3152f8f1ae42d96f77592' },
  { number: '255', sha256: 'd2019400c941558f0797577d7e1064f29bb72e14724ac172c765d20023d1be98' },
  { number: '256', sha256: '7df058ca2f668effa2be313adb5bdfc045c8e210924de540da10222981661dcb' },
  {
    number: '18446744073709551615',
    sha256: 'bf5803741d5afdd014aa7bf192b5cd225dd11260612d664582f578c12f00d3a4',
  },
];

/** deterministicBytesForPubAndHashUpdates of the update batch in block.test.ts. */
export const updatesVector =
  '0a2f0a0a5f6c6966656379636c6512155f696d706c696369745f6f72675f487273734d53501a016b2a01773204010701030a100a04796963691a0161200132030107000a0c1a01622a01323204010701010a121204706169721a02683120013204010701020a0e1a0268322a017632050107020100';

/** RWSetBuilder.GetTxSimulationResults of the writes in rwset.test.ts: public and private bytes. */
export const publicRwSetVector =
  '12160a0a5f6c6966656379636c6512081a060a01781a0131129b020a047969636912760a0b0a0767656e6573697312000a0d0a0472656164120508ac0210021a080a04676f6e6510011a0a0a03efbfbf1a03626d701a0d0a04f09f98801a05656d6f6a69221a0a0767656e6573697312060a016112010112070a01621202767022170a047265616412060a016112010112070a0162120276701a9a010a047061697212700a280a202bb80d537b1da3e38bd30361aa855686bde0eacd7162fef6a25fe97bf527a25b12040804100112440a202bb80d537b1da3e38bd30361aa855686bde0eacd7162fef6a25fe97bf527a25b1a20043a718774c572bd8a25adbeb1bfcd5c0256ae11cecf9f9c3f925d0e52beaf891a20fcfda84d5ee2ee0102156e72fe777552d15dff7c85e02747594d8405fa0ed9d7';
export const privateRwSetVector = '121d0a047969636912150a0470616972120d1a0b0a067365637265741a0173';
