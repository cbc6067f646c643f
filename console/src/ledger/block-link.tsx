import { Link } from 'react-router';

/** Nothing where no block is known. */
export const BlockLink = ({ block }: { readonly block: number | null | undefined }) =>
  typeof block === 'number' ? <Link to={`/ledger/${block}`}>{block}</Link> : null;
