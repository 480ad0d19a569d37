"""Writes statistics.csv: mean, sample standard deviation and 95 % t-interval half width by SciPy, then the values.

    python3 statistics.py > statistics.csv        (numpy 2.4.6, scipy 1.17.1)
"""
import numpy as np
from scipy import stats

print("# mean,std,ci95,values...  (numpy %s)" % np.__version__)
random = np.random.default_rng(7)
samples = [[0.5, 0.6], [0.5, 0.5, 0.5], [0.1234, 0.9876, 0.5, 0.25]]
samples += [list(np.round(random.beta(5, 3, size=n), 6)) for n in (2, 3, 5, 10, 30, 64)]
for values in samples:
    n = len(values)
    std = np.std(values, ddof=1)
    half = stats.t.ppf(0.975, n - 1) * std / np.sqrt(n)
    print(",".join(repr(float(x)) for x in [np.mean(values), std, half, *values]))
