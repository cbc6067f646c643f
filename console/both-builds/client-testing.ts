/** What the suites look at of client, without its command line. */
export { checkProposal } from '../../client/dist/api/check.js';
export { checkTransaction } from '../../client/dist/api/check-transaction.js';
export { checkCaseChain } from '../../client/dist/chain/chain.js';
export { verdictOf } from '../../client/dist/chain/attestation-verdict.js';
