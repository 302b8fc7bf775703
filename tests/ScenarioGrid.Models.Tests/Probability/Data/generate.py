"""Reference values for the tests of ScenarioGrid.Models.Probability, computed with mpmath in 50 digits.

Run in this folder:  /usr/bin/python3 generate.py      (Debian: apt-get install python3-mpmath)

Each line: the arguments as doubles (shortest decimal form), then the results to 20 digits.
"""
import random
from mpmath import mp, mpf
import mpmath

mp.dps = 50
random.seed(7)


def write(name, rows, f):
    with open(name + ".txt", "w") as out:
        for row in rows:
            values = f(*[mpf(x) if isinstance(x, float) else x for x in row])
            if values is not None:
                out.write(" ".join([repr(x) for x in row] + [mpmath.nstr(v, 20) for v in values]) + "\n")


def gamma_pq(a, x):
    """P by its series, in a working precision that makes Q = 1 - P exact enough."""
    mp.dps = 150
    term, total, i = mpf(1), mpf(1), 0
    while term > total * mpf(10) ** -140:
        i += 1
        term *= x / (a + i)
        total += term
    p = mpmath.exp(a * mpmath.log(x) - x - mpmath.loggamma(a + 1)) * total
    mp.dps = 50
    return (p, 1 - p) if p > mpf(10) ** -70 and 1 - p > mpf(10) ** -70 else None


def beta_lower(a, b, x):
    """By the series of NIST DLMF 8.17.8, all terms positive."""
    mp.dps = 120

    def series(a, b, x):
        term, total, n = mpf(1), mpf(1), 0
        while term > total * mpf(10) ** -110:
            term *= (a + b + n) * x / (a + 1 + n)
            total += term
            n += 1
        log = a * mpmath.log(x) + b * mpmath.log(1 - x)
        return mpmath.exp(log - mpmath.log(a) - mpmath.log(mpmath.beta(a, b))) * total

    value = series(a, b, x) if x < a / (a + b) else 1 - series(b, a, 1 - x)
    mp.dps = 50
    return (value,) if value > mpf(10) ** -65 else None


def binomial_tail(n, k, p):
    term = mpmath.binomial(n, k) * p ** k * (1 - p) ** (n - k)
    total, i = term, k
    while i < n and term > total * mpf(10) ** -45:
        term *= (n - i) * p / ((i + 1) * (1 - p))
        i += 1
        total += term
    return (total,)


def hypergeometric_tail(population, marked, drawn, k):
    terms = [mpmath.binomial(marked, i) * mpmath.binomial(population - marked, drawn - i)
             for i in range(k, min(marked, drawn) + 1)]
    return (mpmath.fsum(terms) / mpmath.binomial(population, drawn),)


def main():
    exponent = lambda low, high: 10 ** random.uniform(low, high)
    write("logGamma", [(x,) for x in [0.5, 1.5, 2.5, 1e-3, 1e-10, 14.999, 15.0, 1e5, 1e15]
                       + [exponent(-2, 6) for _ in range(60)]], lambda x: (mpmath.loggamma(x),))
    rows = [(0.5, exponent(-4, 1.5)) for _ in range(20)]
    for _ in range(120):
        a = exponent(-0.3, 5)
        rows.append((a, max(a + random.gauss(0, 4) * a ** 0.5, 0.01 * a)))
    write("incompleteGamma", rows + [(1e5, 1e5), (1e5, 97000.0), (1e5, 104000.0), (3.0, 90.0)], gamma_pq)
    rows = []
    for _ in range(140):
        a, b = exponent(-0.3, 4), exponent(-0.3, 4)
        mean, sd = a / (a + b), (a * b / (a + b + 1)) ** 0.5 / (a + b)
        rows.append((a, b, min(max(mean + random.gauss(0, 3) * sd, mean / 50), 1 - (1 - mean) / 50)))
    write("incompleteBeta", rows + [(1e5, 0.5, 0.9999), (0.5, 1e5, 1e-6), (5e4, 5e4, 0.51)], beta_lower)
    rows = []
    for _ in range(120):
        n, p = int(exponent(0, 5)) + 1, exponent(-4, -0.01)
        k = min(max(int(n * p + abs(random.gauss(0, 5)) * (n * p * (1 - p)) ** 0.5) + 1, 1), n)
        rows.append((n, k, p))
    write("binomialTail", rows, binomial_tail)
    rows = []
    for _ in range(60):
        n = int(exponent(1, 3.5)) + 2
        m, d = random.randint(1, n), random.randint(1, n)
        mean = m * d / n
        rows.append((n, m, d, min(max(int(mean + random.gauss(1, 3) * mean ** 0.5), 0), min(m, d))))
    write("hypergeometricTail", rows, hypergeometric_tail)
    write("studentT", [(random.uniform(-6, 6), exponent(0, 3)) for _ in range(60)],
          lambda t, v: (1 - mpmath.betainc(v / 2, 0.5, 0, v / (v + t * t), regularized=True) / 2 if t > 0 else
                        mpmath.betainc(v / 2, 0.5, 0, v / (v + t * t), regularized=True) / 2,))


if __name__ == "__main__":
    main()
