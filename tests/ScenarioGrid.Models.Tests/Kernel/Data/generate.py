"""Reference values for LaneMathAccuracyTests, computed with mpmath in 60 digits (or more where it cancels).

Run in this folder:  /usr/bin/python3 generate.py      (Debian: apt-get install python3-mpmath)

Each line: the bits of the arguments in hex, then the exact result as the bits of two doubles, high + low.
Results that overflow are inf 0; results below the subnormals are 0 0.
"""
import math, random, struct
from mpmath import mp, mpf, inf
import mpmath

mp.dps = 60
random.seed(20240607)


def bits(x):
    return "%016x" % struct.unpack("<Q", struct.pack("<d", x))[0]


def near(x, count=3):
    out = [x]
    a = b = x
    for _ in range(count):
        a, b = math.nextafter(a, -math.inf), math.nextafter(b, math.inf)
        out += [a, b]
    return out


def rounded(y):
    """Nearest double; mpmath's own conversion is not used where the result is subnormal."""
    if y == 0:
        return 0.0
    if abs(y) >= mpf(2) ** 1024:
        return math.copysign(math.inf, y)
    m, e = mpmath.frexp(y)
    if e <= -1022:
        k = int(mpmath.nint(mpmath.ldexp(y, 1074)))
        return math.ldexp(k, -1074)
    return float(y)


def write(name, rows, f):
    with open(name + ".txt", "w") as out:
        for row in dict.fromkeys(rows):
            args = row if isinstance(row, tuple) else (row,)
            y = f(*map(mpf, args))
            high = rounded(y)
            low = 0.0 if math.isinf(high) else rounded(y - mpf(high))
            out.write(" ".join(map(bits, (*args, high, low))) + "\n")


def uniform(a, b, n):
    return [random.uniform(a, b) for _ in range(n)]


def magnitudes(a, b, n, signed=False):
    """Numbers spread evenly over the decimal exponents a to b."""
    return [10 ** random.uniform(a, b) * (random.choice((-1, 1)) if signed else 1) for _ in range(n)]


def normal_inverse(p):
    """Newton's method on ln P from an asymptotic start; p is exact."""
    if p > 0.5:
        return -normal_inverse(1 - p)
    mp.dps = 60
    x = -mpmath.sqrt(-2 * mpmath.log(p)) if p < mpf("0.01") else mpf(float(p - 0.5)) * 2
    for _ in range(60):
        c = mpmath.erfc(-x / mpmath.sqrt(2)) / 2
        d = mpmath.exp(-x * x / 2) / mpmath.sqrt(2 * mpmath.pi)
        step = (mpmath.log(c) - mpmath.log(p)) * c / d
        x -= step
        if abs(step) < mpf(10) ** -45 * (abs(x) + mpf(10) ** -20):
            return x
    raise ArithmeticError(str(p))


def normal_cdf(x):
    return mpmath.erfc(-x / mpmath.sqrt(2)) / 2


def main():
    edges = [k * math.log(2) / 2 for k in range(-30, 31)]
    write("exp", uniform(-708, 709, 300) + uniform(-1, 1, 200) + magnitudes(-20, 2.8, 150, True) + edges
          + uniform(-746, -708, 60) + near(-745.1332191019411) + near(-708.3964185322641) + near(709.782712893384)
          + [0.0, 1.0, -1.0, 800.0, -800.0], mpmath.exp)
    write("expm1", uniform(-50, 50, 150) + uniform(-2, 2, 250) + magnitudes(-300, 2.8, 150, True) + edges
          + near(math.log(2) / 2) + near(-math.log(2) / 2) + near(50.0) + near(-50.0) + [709.7, -700.0], mpmath.expm1)
    borders = near(1.0, 20) + near(math.sqrt(2), 6) + near(math.sqrt(0.5), 6) + near(2.0) + near(0.5)
    write("log", uniform(0.5, 2, 250) + uniform(0.99, 1.01, 100) + magnitudes(-307, 308, 200) + borders
          + magnitudes(-322, -308, 30) + [5e-324, 2.2250738585072014e-308, 1.7976931348623157e308], mpmath.log)
    write("log1p", uniform(-0.999, 1, 200) + uniform(-0.01, 0.01, 80) + magnitudes(-300, 300, 150)
          + [-x for x in magnitudes(-300, -0.01, 120)] + [x - 1 for x in borders]
          + [-1 + 2.0 ** -k for k in range(1, 54)] + near(2.0 ** -53) + near(2.0 ** -52), mpmath.log1p)
    pairs = [(x, random.uniform(-745, 709) / math.log(x)) for x in magnitudes(-307, 308, 250)]
    pairs += [(x, random.uniform(-3, 3)) for x in uniform(0, 10, 200)]
    pairs += [(x, random.uniform(-700, 700) / math.log(x)) for x in uniform(0.9, 1.1, 150)]
    pairs += [(1 + k * 2.0 ** -52, random.uniform(-3e18, 3e18) / k) for k in range(1, 40)]
    pairs += [(x, y) for x in (0.5, 2.0, 3.0, 10.0, 1.41, 0.7072) for y in (0.5, 2.0, -1.0, 1 / 3, 100.0)]
    pairs += [(x, random.uniform(-2, 2)) for x in magnitudes(-322, -308, 20)]
    write("pow", pairs, lambda x, y: mpmath.power(x, y))
    hard = []
    for k in [1, 2, 3, 4, 5, 7, 11, 22, 355, 710, 104348, 312689] + [random.randrange(1, 600000) for _ in range(60)]:
        hard += near(float(k * mpmath.pi / 2), 1) + near(float(k * mpmath.pi / 4), 1)
    angles = uniform(-7, 7, 250) + uniform(-1e5, 1e5, 200) + uniform(-1e9, 1e9, 60) + magnitudes(-300, 0, 60, True)
    write("sin", angles + hard, mpmath.sin)
    write("cos", angles + hard, mpmath.cos)
    write("normalCdf", uniform(-37, 8.3, 400) + uniform(-1, 1, 150) + magnitudes(-20, 0, 80, True)
          + uniform(-38.5, -37, 30) + uniform(-6, 6, 150) + near(0.0) + near(-37.0) + [-38.6, 9.0], normal_cdf)
    joins = [0.075, 0.925, 0.0016873338452767833, 1 - 0.0016873338452767833, math.exp(-25), 0.02425, 0.5]
    tails = magnitudes(-300, -1, 250) + [1 - x for x in magnitudes(-15.9, -1, 120)]
    write("normalInverse", uniform(0, 1, 250) + tails + [p for j in joins for p in near(j, 8)]
          + [0.5 + x for x in magnitudes(-15.9, -0.4, 60, True)]
          + [p for p in uniform(0, 0.003, 80)] + [1 - 2.0 ** -53, 2.0 ** -53, 2.0 ** -33, 1e-300], normal_inverse)


if __name__ == "__main__":
    main()
