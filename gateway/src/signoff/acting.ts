/** Who acts, and in which office: one's own, or under a delegation that of the absent official. */
export interface Acting {
  readonly user: string;
  readonly role: string | null;
  readonly section: string | null;
  readonly for?: string;
  readonly under?: string;
}
