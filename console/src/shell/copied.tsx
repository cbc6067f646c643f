import { Typography } from 'antd';

/** A digest, a number, an address: what is compared sign by sign, and copied. */
export const Copied = ({
  text,
  short = false,
}: {
  readonly text: string;
  readonly short?: boolean;
}) => (
  <Typography.Text className="mono" copyable={{ text }}>
    {short ? `${text.slice(0, 16)}…` : text}
  </Typography.Text>
);
