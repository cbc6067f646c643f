import { cite } from '../../kernel/citation';
import { licensing, onceReform, type ContractErrorMeanings } from '../../kernel/laws';

/** What the rules about a grant's end, and about its licences, refuse. */
export const resultErrors = {
  NOTHING_GRANTED: {
    zh: '撤销针对予以批准的决定；不予批准的，没有可以撤销的许可。',
    en: 'Revoked is what was granted; a refusal granted nothing.',
    basis: [
      cite(
        licensing,
        { article: 69, paragraph: 1 },
        { article: 69, paragraph: 2 },
        { article: 69, paragraph: 3 },
      ),
    ],
  },
  COMPENSATION_EXCLUDED: {
    zh: '以欺骗、贿赂等不正当手段取得或者违反承诺被撤销的，基于许可取得的利益不受保护，不予赔偿。',
    en: 'What was obtained by deceit or on a broken commitment is not protected: there is no compensation.',
    basis: [
      cite(licensing, { article: 69, paragraph: 4 }),
      cite(onceReform, { article: 14, paragraph: 2 }),
    ],
  },
  LICENCE_UNFOUNDED: {
    zh: '证照只能依予以批准的决定颁发。',
    en: 'A licence is issued on a grant.',
    basis: [cite(licensing, { article: 39, paragraph: 1 })],
  },
  LICENCE_STATUS_REFUSED: {
    zh: '证照“{identifier}”不能由“{from}”变更为“{to}”，或者事由（{ground}）不符：注销须属法定注销情形，暂扣、吊销须依行政处罚决定[；可用的事由：{grounds}]。',
    en: 'The licence {identifier} does not go from "{from}" to "{to}", or not on that ground ({ground}): it is cancelled where the law says so, suspended or withdrawn by a penalty[; grounds that do: {grounds}].',
    basis: { cancelling: [cite(licensing, 70)], house: [] },
  },
} satisfies ContractErrorMeanings;
