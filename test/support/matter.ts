import type { MatterContent } from '@yici/domain/model';

export const workingDays = (value: number) => ({ value, unit: 'workingDay' }) as const;

/** What no suite cares about in a matter: the organs' own under their own rules, of the city, answered on the web, no secret. */
export const ordinaryMatter = {
  matterType: '11',
  handlingLaws: [],
  exerciseLevel: 'city',
  regionCode: '331100',
  ownerNature: 'statutory',
  powerSource: 'statutoryOwnLevel',
  caseType: 'promised',
  serviceObject: ['administrativeOrgan'],
  handlingForm: ['web'],
  visits: 0,
  secrecyLevel: 'none',
  policyDocuments: [],
} satisfies Partial<MatterContent>;
