/**
 * Normal tails that stay exact far out, where the tail itself underflows.
 *
 * Cody, "Rational Chebyshev approximations for the error function", Math. Comp. 23 (1969), 631: the scaled
 * complementary error function, relative error below 1e-15.
 */
const SQRT_PI = Math.sqrt(Math.PI)
const LOG_SQRT_2PI = 0.5 * Math.log(2 * Math.PI)

/** exp(x²) erfc(x) for x ≥ 0. */
const scaledErfc = (x: number): number => {
  if (x <= 0.46875) {
    const s = x * x
    const top =
      (((0.18577770618460315 * s + 3.1611237438705655) * s + 113.86415415105016) * s + 377.485237685302) * s +
      3209.3775891384694
    const bottom =
      (((s + 23.601290952344122) * s + 244.02463793444417) * s + 1282.6165260773723) * s + 2844.236833439171
    return Math.exp(s) * (1 - (x * top) / bottom)
  }
  if (x <= 4) {
    const top =
      (((((((2.1531153547440383e-8 * x + 0.5641884969886701) * x + 8.883149794388377) * x + 66.11919063714163) * x +
        298.6351381974001) *
        x +
        881.952221241769) *
        x +
        1712.0476126340707) *
        x +
        2051.0783778260716) *
        x +
      1230.3393547979972
    const bottom =
      (((((((x + 15.744926110709835) * x + 117.6939508913125) * x + 537.1811018620099) * x + 1621.3895745666903) * x +
        3290.7992357334597) *
        x +
        4362.619090143247) *
        x +
        3439.3676741437216) *
        x +
      1230.3393548037495
    return top / bottom
  }
  const s = 1 / (x * x)
  const top =
    ((((0.016315387137302097 * s + 0.30532663496123236) * s + 0.36034489994980445) * s + 0.12578172611122926) * s +
      0.016083785148742275) *
      s +
    0.0006587491615298378
  const bottom =
    ((((s + 2.568520192289822) * s + 1.8729528499234673) * s + 0.5279051029514285) * s + 0.06051834131244132) * s +
    0.0023352049762686918
  return (1 / SQRT_PI - (s * top) / bottom) / x
}

/** Mills's ratio of the standard normal, P(Z > z) / φ(z), for z ≥ 0. */
export const mills = (z: number): number => (SQRT_PI / Math.SQRT2) * scaledErfc(z / Math.SQRT2)

/** ln φ(z) of the standard normal's density. */
export const logNormalDensity = (z: number): number => -0.5 * z * z - LOG_SQRT_2PI

/** ln P(Z < z), exact in both tails. */
export const logNormalLower = (z: number): number =>
  z < 0 ? logNormalDensity(z) + Math.log(mills(-z)) : Math.log1p(-Math.exp(logNormalDensity(z)) * mills(z))

/** φ(z) / P(Z < z), the slope of ln P(Z < z); about −z far below 0. */
export const lowerHazard = (z: number): number => {
  if (z < 0) return 1 / mills(-z)
  const density = Math.exp(logNormalDensity(z))
  return density / (1 - density * mills(z))
}
