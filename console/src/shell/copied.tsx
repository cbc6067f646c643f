import { Typography } from 'antd';
import { Link } from 'react-router';

interface CopiedProps {
  readonly text: string;
  readonly short?: boolean;
  /** The page of what it names. */
  readonly to?: string;
}

/** A digest, a number, an address: what is compared sign by sign, and copied. */
export function Copied({ text, short = false, to }: CopiedProps) {
  const shown = short ? `${text.slice(0, 16)}…` : text;
  return (
    <Typography.Text className="mono" copyable={{ text }}>
      {to === undefined ? shown : <Link to={to}>{shown}</Link>}
    </Typography.Text>
  );
}
