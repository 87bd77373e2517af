/** A number as text, as Go writes it: `0.5`, `1e-05`, `1.23456789e+07`. Whole numbers in full. */
export function goNumber(value: number): string {
  if (Number.isSafeInteger(value) || !Number.isFinite(value)) return String(value);
  const [digits = '', exponent = '0'] = value.toExponential().split('e');
  const power = Number(exponent);
  if (power >= -4 && power < 6) return String(value);
  return `${digits}e${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`;
}
