import { encode } from 'uqr';
import classes from './second-factor.module.css';

/** Light modules around the code, without which a camera does not find it (ISO/IEC 18004, 6.3.8). */
const QUIET = 4;

/** A text as a QR code, drawn here: the secret in it goes nowhere. Dark on light in either colour scheme. */
export function QrCode({ text, label }: { readonly text: string; readonly label: string }) {
  const { size, data } = encode(text, { border: QUIET });
  const dark = data
    .flatMap((row, y) => row.map((isDark, x) => (isDark ? `M${x} ${y}h1v1h-1z` : '')))
    .join('');
  return (
    <svg className={classes['qr']} viewBox={`0 0 ${size} ${size}`} role="img" aria-label={label}>
      <rect width={size} height={size} fill="#fff" />
      <path d={dark} fill="#000" shapeRendering="crispEdges" />
    </svg>
  );
}
