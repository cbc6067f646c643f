import { loadWithHeirs } from '../department/load';
import { shanghaiDate } from '../kernel/days';
import { applied, one, pages, type CommandHandlers, type QueryHandlers } from '../kernel/handler';
import { answerChallenge, challengeShare } from './challenge';
import { confirmDelivery, deliverShare } from './deliver';
import { decideDispute, escalateDispute, openDispute } from './dispute';
import { disposeShare, endShare, purgeExpired } from './end';
import { allowExtension, extendReply } from './extension';
import { askMissing, consentToRequest, supplementRequest, withdrawRequest } from './filing';
import { grantShare } from './grant';
import { deliverPrivately } from './inputs';
import {
  loadDispute,
  loadHeldBefore,
  loadLadder,
  loadRequest,
  loadShare,
  ofShare,
  privateDeliveries,
} from './load';
import { moveValues } from './move';
import { onShare, timedOnShare } from './on-share';
import { recordReceipt } from './receipt';
import { refuseShare } from './refuse';
import { consentToReply } from './reply';
import { requestShare } from './request';
import { agreeChange, proposeChange } from './service-change';
import { dueShareSuccessions, succeedShare } from './succeed';
import { explainMisuse, mendShare, orderCorrection, resumeShare, suspendShare } from './suspend';
import { useSubject } from './use-records';

export const commandHandlers: CommandHandlers<'sharing'> = {
  'sharing.request': applied(requestShare, (store, command, member) =>
    loadRequest(store, command, member),
  ),
  'sharing.consent': timedOnShare(consentToRequest),
  'sharing.withdraw': onShare(withdrawRequest),
  'sharing.askMissing': onShare(askMissing),
  'sharing.supplement': timedOnShare(supplementRequest, async (store, { share }) => ({
    dataset: share === undefined ? undefined : await store.get('dataset', share.datasetId),
  })),
  'sharing.extend': onShare(extendReply),
  'sharing.allowExtension': timedOnShare(allowExtension),
  'sharing.grant': onShare(grantShare),
  'sharing.refuse': onShare(refuseShare),
  'sharing.consentReply': timedOnShare(consentToReply),
  'sharing.deliver': {
    run: async (command, member, store, { confided }) => {
      const values = confided(deliverPrivately)?.values;
      return deliverShare({ ...(await loadShare(store, command)), values }, command, member);
    },
  },
  'sharing.confirm': onShare(confirmDelivery),
  'sharing.receipt': onShare(recordReceipt, async (store, _loaded, { shareId, useId }) => ({
    existing: await store.get('use', useSubject({ shareId }), useId),
  })),
  'sharing.challenge': timedOnShare(
    challengeShare,
    async (store, _loaded, { shareId, challengeId }) => ({
      challenge: await store.get('challenge', shareId, challengeId),
    }),
  ),
  'sharing.answerChallenge': onShare(
    answerChallenge,
    async (store, _loaded, { shareId, challengeId }) => ({
      challenge: await store.get('challenge', shareId, challengeId),
    }),
  ),
  'sharing.suspend': timedOnShare(suspendShare),
  'sharing.explainMisuse': onShare(explainMisuse),
  'sharing.orderCorrection': timedOnShare(orderCorrection),
  'sharing.mend': onShare(mendShare),
  'sharing.resume': onShare(resumeShare),
  'sharing.dispute': onShare(openDispute, loadDispute),
  'sharing.escalateDispute': onShare(escalateDispute, loadLadder),
  'sharing.decideDispute': timedOnShare(decideDispute, loadLadder),
  'sharing.proposeChange': onShare(proposeChange),
  'sharing.agreeChange': onShare(agreeChange),
  'sharing.end': timedOnShare(endShare),
  'sharing.dispose': onShare(disposeShare),
  'sharing.succeed': applied(succeedShare, async (store, command, member) => {
    const { share, grant } = await loadShare(store, command);
    return {
      ...{ share, grant },
      department: await loadWithHeirs(store, share?.parties ?? [], (departmentOf) =>
        share === undefined
          ? []
          : dueShareSuccessions(share, departmentOf, shanghaiDate(member.at)),
      ),
      challenges: await store.all('challenge', [command.shareId]),
      disputes: await store.all('dispute', [command.shareId]),
    };
  }),
  'sharing.purgeExpired': timedOnShare(purgeExpired),
  'sharing.moveValues': {
    run: async (command, member, store) => {
      const loaded = await loadShare(store, command);
      const held = await loadHeldBefore(store, loaded, member.mspId);
      return moveValues({ ...loaded, held }, command, member);
    },
  },
};

export const queryHandlers: QueryHandlers<'sharing'> = {
  'sharing.get': {
    answer: one('share', 'shareId'),
    concern: ofShare,
  },
  'sharing.grantOf': {
    answer: one('shareGrant', 'shareId'),
    concern: ofShare,
  },
  'sharing.events': {
    answer: pages('shareEvent', 'shareId'),
    concern: ofShare,
  },
  'sharing.receipts': {
    answer: ({ shareId, ...page }, store) => store.list('use', [useSubject({ shareId })], page),
    concern: ofShare,
  },
  'sharing.values': {
    answer: async ({ shareId }, store, caller) => ({
      shareId,
      deliveries: await privateDeliveries(store, shareId, caller),
    }),
  },
};
