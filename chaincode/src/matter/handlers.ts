import { withCalendars } from '../calendar/load';
import { openReviewOf } from '../duty/load';
import { found } from '../kernel/caller';
import { applied, pages, type CommandHandlers, type QueryHandlers } from '../kernel/handler';
import { padded } from '../kernel/keys';
import { newestVersions, versionOf, versionToShow } from '../kernel/load-versions';
import { recordMatterConsultation } from './consultation';
import { cosignMatter } from './cosign';
import { draftMatter } from './draft';
import { loadCoverage, loadLink, loadLinked, loadReferences } from './load';
import { publishMatter } from './publish';
import { retireMatter } from './retire';
import { markForReview, reviewMatter } from './review';

export const commandHandlers: CommandHandlers<'matter'> = {
  'matter.draft': {
    run: async (command, member, store) => {
      const head = await store.get('matterHead', command.taskCode);
      return draftMatter(
        {
          head,
          ...(await newestVersions(store, 'matter', command.taskCode, head)),
          establishment: await store.get('functionHolder', 'establishment'),
          leadAuthority: await store.get('functionHolder', 'leadAuthority'),
          references: await loadReferences(store, command, member.department),
        },
        command,
        member,
      );
    },
  },
  'matter.cosign': applied(cosignMatter, async (store, command) => ({
    matter: await versionOf(store, 'matter', command.taskCode, command.version),
  })),
  'matter.recordConsultation': applied(recordMatterConsultation, async (store, command) => ({
    matter: await versionOf(store, 'matter', command.taskCode, command.version),
  })),
  'matter.publish': {
    run: async (command, member, store) => {
      const head = await store.get('matterHead', command.taskCode);
      const versions = await store.all('matter', [command.taskCode]);
      const matter = versions.find(({ version }) => version === command.version);
      const published = versions.find(({ version }) => version === head?.published);
      const dutyCode = matter?.content.dutyCode;
      return publishMatter(
        {
          head,
          matter,
          versions,
          duty:
            matter === undefined || dutyCode === undefined
              ? undefined
              : await store.get('duty', matter.owner, dutyCode),
          linked: await loadLinked(store, published),
          coverage: await loadCoverage(store, matter?.content),
        },
        command,
        member,
      );
    },
  },
  'matter.retire': {
    run: async (command, member, store) => {
      const matter = await versionOf(store, 'matter', command.taskCode, command.version);
      return retireMatter({ matter, linked: await loadLinked(store, matter) }, command, member);
    },
  },
  'matter.review': {
    run: async (command, member, store) => {
      const { taskCode, version, dutyVersion } = command;
      const link = await loadLink(store, await versionOf(store, 'matter', taskCode, version));
      const review = await store.get('review', taskCode, padded(version), padded(dutyVersion));
      return reviewMatter({ link, review }, command, member);
    },
  },
  'matter.markForReview': {
    run: async (command, member, store) => {
      const head = await store.get('matterHead', command.taskCode);
      const link = await loadLink(
        store,
        await versionOf(store, 'matter', command.taskCode, head?.published),
      );
      const duty = link && (await store.get('duty', link.department, link.code));
      const open = link && (await openReviewOf(store, link));
      return withCalendars(store, member, (calendar) =>
        markForReview({ link, duty, open, calendar }, command, member),
      );
    },
  },
};

export const queryHandlers: QueryHandlers<'matter'> = {
  'matter.get': {
    answer: async ({ taskCode, version }, store) =>
      found(await versionToShow(store, 'matter', taskCode, version), { taskCode }),
  },
  'matter.list': { answer: pages('matter', 'taskCode') },
  'matter.reviews': { answer: pages('review', 'taskCode') },
};
